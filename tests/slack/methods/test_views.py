"""`views.*`: what is refused before any modal opens; the rest is shown with the members who open them."""

from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.slack.block_kit import home, modal
from tests.slack.conftest import ASHA, BEN
from tests.slack.methods import error, refused


def trigger(playground: Playground, member: str = ASHA) -> str:
    """As an action of this member would have given it."""
    return playground.slack.views.trigger(member, playground.slack.workspace.app)


async def test_a_modal_needs_a_trigger(client: AsyncWebClient) -> None:
    for method in ("views.open", "views.push"):
        answer = await refused(client.api_call(method, json={"view": modal()}))
        assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: trigger_id"]
    assert await error(client.views_open(trigger_id="1.2.3", view=modal())) == "invalid_trigger_id"


async def test_a_trigger_belongs_to_the_app_that_was_given_it(
    client: AsyncWebClient, playground: Playground
) -> None:
    stranger = AsyncWebClient(
        token=playground.add_app("Other").bot_token, base_url=playground.api_url, session=client.session
    )
    mine = trigger(playground)
    assert await error(stranger.views_open(trigger_id=mine, view=modal())) == "invalid_trigger_id"
    await client.views_open(trigger_id=mine, view=modal())


async def test_an_external_id_names_one_view(client: AsyncWebClient, playground: Playground) -> None:
    named = modal(external_id="form-1")
    await client.views_open(trigger_id=trigger(playground), view=named)
    again = client.views_open(trigger_id=trigger(playground, BEN), view=named)
    assert await error(again) == "duplicate_external_id"
    updated = await client.views_update(external_id="form-1", view=modal(callback_id="new"))
    assert (updated["view"]["callback_id"], updated["view"]["external_id"]) == ("new", "")


async def test_an_update_names_its_view(client: AsyncWebClient) -> None:
    answer = await refused(client.api_call("views.update", json={"view": modal()}))
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: view_id"]
    assert await error(client.views_update(external_id="nothing", view=modal())) == "not_found"


async def test_a_home_is_published_for_a_member(client: AsyncWebClient, playground: Playground) -> None:
    first = (await client.views_publish(user_id=ASHA, view=home()))["view"]
    again = (await client.views_publish(user_id=ASHA, view=home(), hash=first["hash"]))["view"]
    assert (again["id"], again["hash"] != first["hash"]) == (first["id"], True)
    assert await error(client.views_publish(user_id=ASHA, view=home(), hash="old")) == "hash_conflict"
    assert await error(client.views_publish(user_id="U0NONE", view=home())) == "invalid_arguments"
    assert await error(client.views_publish(user_id=ASHA, view=modal())) == "invalid_arguments"


async def test_a_view_is_no_larger_than_250_kilobytes(client: AsyncWebClient) -> None:
    long = {"type": "section", "text": {"type": "mrkdwn", "text": "é" * 3000}}
    assert await error(client.views_publish(user_id=ASHA, view=home(*[long] * 50))) == "view_too_large"
    await client.views_publish(user_id=ASHA, view=home(*[long] * 40))
