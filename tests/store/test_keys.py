"""Small keys lock what is written for few; the host's keys lock the small ones, and can be changed."""

import pytest
from sqlalchemy import Connection, update

from store import keys, sealing
from store.engine import Database
from store.schema import member_key
from store.sealing import Key, KeyLost, Keyring
from tests.store.things import COMMUNITY, unhurried

OLD, NEW = Keyring((sealing.made(),)), Keyring((sealing.made(),))
PLACE = "T1|writing|body|one"


def locked(connection: Connection, community: str, member: str, words: str, place: str) -> str:
    """What a store function would do with somebody's words."""
    return keys.key(connection, community, member).seal(words.encode(), place)


def opened(connection: Connection, community: str, member: str, sealed: str, place: str) -> str:
    key = keys.find(connection, community, member)
    assert key
    return key.open(sealed, place).decode()


async def test_words_are_read_again_with_the_same_key_and_with_no_other(url: str, db: Database) -> None:
    del db
    first, second = unhurried(url, keys=OLD), unhurried(url, keys=NEW)
    try:
        sealed = await first.write(locked, COMMUNITY, "U1", "Only for me.", PLACE)
        assert sealed
        assert "Only" not in sealed
        assert await first.read(opened, COMMUNITY, "U1", sealed, PLACE) == "Only for me."
        with pytest.raises(KeyLost) as lost:
            await second.read(opened, COMMUNITY, "U1", sealed, PLACE)
        assert str(lost.value) == OLD.keys[0].id
    finally:
        await first.close()
        await second.close()


async def test_words_moved_to_another_row_community_or_member_cannot_be_read(url: str, db: Database) -> None:
    del db
    ours = unhurried(url, keys=OLD)
    try:
        sealed = await ours.write(locked, COMMUNITY, "U1", "Only for me.", PLACE)
        await ours.write(locked, COMMUNITY, "U2", "Hers.", PLACE)
        assert sealed
        for member, place in (("U1", "T2|writing|body|one"), ("U1", "T1|writing|body|two"), ("U2", PLACE)):
            with pytest.raises(KeyLost):
                await ours.read(opened, COMMUNITY, member, sealed, place)
    finally:
        await ours.close()


async def test_a_stolen_small_key_is_of_no_use_in_anothers_row(url: str, db: Database) -> None:
    """Whoever can write the database copies somebody's locked key into a row of their own."""
    del db
    ours = unhurried(url, keys=OLD)

    def steal(connection: Connection) -> None:
        keys.key(connection, COMMUNITY, "U2")
        hers = keys.key(connection, COMMUNITY, "U1")
        assert hers
        wrapped = connection.execute(member_key.select().where(member_key.c.member == "U1")).one().wrapped
        connection.execute(update(member_key).where(member_key.c.member == "U2").values(wrapped=wrapped))

    try:
        await ours.write(steal)
        with pytest.raises(KeyLost):
            await ours.read(keys.find, COMMUNITY, "U2")
    finally:
        await ours.close()


async def test_the_same_words_never_look_the_same(url: str, db: Database) -> None:
    del db
    ours = unhurried(url, keys=OLD)
    try:
        looks = {await ours.write(locked, COMMUNITY, "U1", "The same.", PLACE) for _ in range(50)}
        assert len(looks) == 50
    finally:
        await ours.close()


async def test_a_change_of_keys_touches_the_small_keys_only_and_needs_the_old_one_no_more(
    url: str, db: Database
) -> None:
    del db
    before, both, after = (unhurried(url, keys=ring) for ring in (OLD, Keyring((*NEW.keys, *OLD.keys)), NEW))
    try:
        sealed = {
            member: await before.write(locked, COMMUNITY, member, f"Words of {member}.", PLACE)
            for member in ("U1", "U2", "U3")
        }
        assert await both.write(keys.rewrap, COMMUNITY, 2) == 2
        assert await both.write(keys.rewrap, COMMUNITY, 2) == 1
        assert await both.write(keys.rewrap, COMMUNITY, 2) == 0
        assert await after.read(keys.standing, COMMUNITY) == {NEW.keys[0].id: 3}
        for member, one in sealed.items():
            assert one
            assert await after.read(opened, COMMUNITY, member, one, PLACE) == f"Words of {member}."
        with pytest.raises(KeyLost):
            await before.read(keys.find, COMMUNITY, "U1")
    finally:
        for one in (before, both, after):
            await one.close()


async def test_a_destroyed_key_is_not_made_again_for_what_it_locked(url: str, db: Database) -> None:
    del db
    ours = unhurried(url, keys=OLD)
    try:
        sealed = await ours.write(locked, COMMUNITY, "U1", "Only for me.", PLACE)
        await ours.write(keys.destroy, COMMUNITY, "U1")
        assert sealed
        assert await ours.read(keys.find, COMMUNITY, "U1") is None
        await ours.write(locked, COMMUNITY, "U1", "A new beginning.", PLACE)
        with pytest.raises(KeyLost):
            await ours.read(opened, COMMUNITY, "U1", sealed, PLACE)
    finally:
        await ours.close()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("one", "key 1 should look like name:secret"),
        ("a b:c2VjcmV0", "key 1 should look like name:secret"),
        ("a:c2VjcmV0", "the secret of key a is not whole"),
        ("a:not base64!", "the secret of key a is not whole"),
        (f"{sealing.written(OLD.keys)},b:", "the secret of key b is not whole"),
        (sealing.written([*OLD.keys, *OLD.keys]), "two keys are called"),
    ],
    ids=["no name", "a space in it", "too short", "not base64", "the second empty", "one name twice"],
)
def test_keys_that_are_not_whole_are_named_without_their_secret(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong) as told:
        sealing.keyring(text)
    assert "c2VjcmV0" not in str(told.value)
    assert OLD.keys[0].secret.hex() not in repr(OLD)


def test_keys_are_read_as_they_were_written() -> None:
    ring = (sealing.made(), sealing.made())
    assert sealing.keyring(f" {sealing.written(ring)} , ").keys == ring
    assert sealing.keyring("") == Keyring()


@pytest.mark.parametrize("torn", ["", "v1", "v1|own", "v1|own|!", "v2|own|AAAA", "v1|own|AAAA"])
def test_what_is_torn_is_a_lost_key_and_nothing_worse(torn: str) -> None:
    with pytest.raises(KeyLost):
        Key("own", OLD.keys[0].secret).open(torn, PLACE)
