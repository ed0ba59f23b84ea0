"""What an account's rows say, counted once in a process for the same files and options: counting is most of many tests."""

from dataclasses import fields

from poa.account import facts_and_late_orders, facts_of

_FILES = {"reports", "suppliers", "mappings"}
_ROWS, _FACTS = {}, {}
_MOST = 64  # of each; what is asked again is asked soon


def _key(account):
    """What the account is, by the bytes of its files; None where that cannot be told."""
    if account.performance is not None:
        return None
    files = [[(file.name, file.sha256) for file in getattr(account, kind)] for kind in sorted(_FILES)]
    others = {part.name: getattr(account, part.name) for part in fields(account) if part.name not in _FILES}
    return repr((files, sorted(others.items())))


def facts_once(account):
    """The facts of an account."""
    return _once(account, facts_of, _FACTS)


def facts_and_late_orders_once(account):
    """Facts and late orders of an account."""
    return _once(account, facts_and_late_orders, _ROWS)


def _once(account, count, known):
    key = _key(account)
    if key is None:
        return count(account, tell=lambda _: None)
    if key not in known:
        if len(known) >= _MOST:
            del known[next(iter(known))]
        known[key] = count(account, tell=lambda _: None)
    return known[key]
