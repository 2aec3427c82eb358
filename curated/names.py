"""One name, one code: what two rows share must be marked as ambiguous."""

from __future__ import annotations

from collections import defaultdict


def check_names(
    countries: list[dict[str, str]], organizations: list[dict[str, str]], groups: list[dict[str, str]]
) -> None:
    """Raises ValueError listing the codes given twice, and each name of two actors that no row marks as ambiguous."""
    wrong = []
    owners: dict[str, set[str]] = defaultdict(set)
    marked: set[str] = set()
    ids: set[str] = set()
    for rows, key, lists in (
        (countries, "code", ("names", "metonyms")),
        (organizations, "id", ("aliases",)),
        (groups, "code", ("aliases",)),
    ):
        for r in rows:
            if r[key] in ids:
                wrong.append(f"{r[key]}: two rows")
            ids.add(r[key])
            for name in [r["name"], *(n for c in lists for n in r[c].split("|") if n)]:
                owners[name.partition("=")[0]].add(r[key])
            marked.update(a.partition("=")[0] for a in r["ambiguous"].split("|") if a)
    wrong += [f"{n}: {', '.join(sorted(o))}" for n, o in sorted(owners.items()) if len(o) > 1 and n not in marked]
    if wrong:
        raise ValueError("names of two actors, marked ambiguous in neither:\n" + "\n".join(wrong))
