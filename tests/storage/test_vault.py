"""What is sealed opens for its owner, in its place, unchanged; and for nobody and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.vault import KEY_BYTES, Owner, Vault, WrongKey, new_key, read_keys

OLD, NEW = b"o" * KEY_BYTES, b"n" * KEY_BYTES
ANA, PLACE = Owner("T1", "UANA"), "entries.words"
TEXT = "Cut the p99 of search 900 → 200 ms"
# Slack's ids: letters and digits.
ids = st.text("ABCU123", max_size=4)


@given(st.text(st.characters(exclude_categories=["Cs"])), ids, ids)
def test_any_text_comes_back_as_it_was(text: str, workspace: str, user: str) -> None:
    vault, owner = Vault([OLD]), Owner(workspace, user)
    assert vault.open(vault.seal(text, owner, PLACE), owner, PLACE) == text


def test_nothing_of_the_text_shows() -> None:
    sealed = Vault([OLD]).seal("secret" * 10, ANA, PLACE)
    assert b"secret" not in sealed


def test_the_same_text_is_sealed_differently_each_time() -> None:
    vault = Vault([OLD])
    assert vault.seal(TEXT, ANA, PLACE) != vault.seal(TEXT, ANA, PLACE)


@given(ids, ids, st.sampled_from(["entries.words", "evidence.because", "plans.text"]))
def test_it_opens_for_no_other_owner_and_in_no_other_column(workspace: str, user: str, place: str) -> None:
    vault = Vault([OLD])
    sealed = vault.seal(TEXT, ANA, PLACE)
    if (workspace, user, place) != (*ANA, PLACE):
        with pytest.raises(WrongKey):
            vault.open(sealed, Owner(workspace, user), place)


def test_the_same_text_has_the_same_mark_for_its_owner_in_its_place_and_under_the_key_alone() -> None:
    mark = Vault([NEW, OLD]).mark(TEXT, ANA, PLACE)
    assert mark == Vault([NEW]).mark(TEXT, ANA, PLACE)
    others = {
        Vault([OLD]).mark(TEXT, ANA, PLACE),
        Vault([NEW]).mark(TEXT, Owner("T1", "UBEN"), PLACE),
        Vault([NEW]).mark(TEXT, Owner("T2", "UANA"), PLACE),
        Vault([NEW]).mark(TEXT, ANA, "plans.text"),
        Vault([NEW]).mark(f"{TEXT}.", ANA, PLACE),
    }
    assert len(others | {mark}) == 6


def test_workspace_and_person_do_not_run_into_each_other() -> None:
    vault = Vault([OLD])
    sealed = vault.seal(TEXT, Owner("T1", "1U"), PLACE)
    with pytest.raises(WrongKey):
        vault.open(sealed, Owner("T11", "U"), PLACE)


def test_with_any_byte_changed_it_does_not_open() -> None:
    vault = Vault([OLD])
    sealed = vault.seal(TEXT, ANA, PLACE)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises(WrongKey):
            vault.open(bytes(changed), ANA, PLACE)


def test_cut_short_it_does_not_open() -> None:
    vault = Vault([OLD])
    sealed = vault.seal(TEXT, ANA, PLACE)
    for length in range(len(sealed)):
        with pytest.raises(WrongKey):
            vault.open(sealed[:length], ANA, PLACE)


def test_an_error_says_where_and_not_what() -> None:
    sealed = Vault([OLD]).seal(TEXT, ANA, PLACE)
    with pytest.raises(WrongKey) as error:
        Vault([NEW]).open(sealed, ANA, PLACE)
    assert PLACE in str(error.value)
    assert sealed.hex() not in str(error.value)


# --- several keys


def test_the_first_key_seals_and_every_key_opens() -> None:
    old, both = Vault([OLD]), Vault([NEW, OLD])
    assert both.open(old.seal(TEXT, ANA, PLACE), ANA, PLACE) == TEXT
    assert Vault([NEW]).open(both.seal(TEXT, ANA, PLACE), ANA, PLACE) == TEXT
    with pytest.raises(WrongKey):
        old.open(both.seal(TEXT, ANA, PLACE), ANA, PLACE)


def test_it_is_told_what_the_first_key_sealed() -> None:
    both = Vault([NEW, OLD])
    assert both.is_fresh(both.seal(TEXT, ANA, PLACE))
    assert not both.is_fresh(Vault([OLD]).seal(TEXT, ANA, PLACE))


def test_the_id_of_a_key_tells_nothing_of_the_key() -> None:
    vault = Vault([OLD])
    assert vault.first in vault.ids
    assert bytes.fromhex(vault.first) not in OLD
    assert len(vault.first) == 8


# --- keys as they are set


def test_a_new_key_can_be_set_as_it_is() -> None:
    first, second = new_key(), new_key()
    assert first != second
    assert [len(key) for key in read_keys(f" {first} , {second},\n")] == [KEY_BYTES, KEY_BYTES]


@pytest.mark.parametrize("text", ["", " , ", "short", "a" * 43, f"{'a' * 42}=", "é" * 44, f"{'A' * 43}=,x"])
def test_what_is_no_key_is_refused_without_being_repeated(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|ASCII") as error:
        read_keys(text)
    assert not text.strip(" ,") or text not in str(error.value)
