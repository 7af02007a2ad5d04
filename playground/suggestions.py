"""External menus: asks the app what it offers, and remembers it until something of it is chosen."""

from typing import Any

from playground.block_parts import options
from playground.elements import chosen, value_of
from playground.letters import Ack
from playground.people import Member
from playground.slack import Slack
from playground.surfaces import Surface

Json = dict[str, Any]
Menu = tuple[str, str, str]  # member, block_id, action_id

REMEMBERED = 100  # menus


class Suggestions:
    """What apps have offered in external menus."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack
        self._offered: dict[Menu, Json] = {}

    async def ask(
        self, member: Member, surface: Surface, block: Json, element: Json, typed: str
    ) -> tuple[Ack, Json]:
        """The app's answer to what is typed: `options` or `option_groups`, as it gave them."""
        ack = await self._slack.deliveries.interaction(
            surface.app,
            member,
            "block_suggestion",
            f"options of {element['action_id']}",
            container=surface.container,
            action_id=element["action_id"],
            block_id=block["block_id"],
            value=typed,
            view=surface.view,
            message=surface.message,
        )
        answer = ack.payload if isinstance(ack.payload, dict) else {}
        offer = {name: answer[name] for name in ("options", "option_groups") if answer.get(name)}
        menu = (member.id, block["block_id"], element["action_id"])
        self._offered.pop(menu, None)
        self._offered[menu] = offer
        while len(self._offered) > REMEMBERED:
            del self._offered[next(iter(self._offered))]
        return ack, offer

    async def chosen(self, member: Member, surface: Surface, block: Json, element: Json, wanted: str) -> Json:
        """The option that reads `wanted`: the one held now, of those offered last, or else of a new offer."""
        held = value_of(surface.state, block, element) or []
        offered = self._offered.get((member.id, block["block_id"], element["action_id"]), {})
        known = [*(held if isinstance(held, list) else [held]), *options(offered)]
        for option in known:
            if wanted in {option["text"]["text"], option.get("value")}:
                return dict(option)
        _, offer = await self.ask(member, surface, block, element, wanted)
        return dict(chosen(self._slack.workspace, {**offer, "type": "static_select"}, wanted))
