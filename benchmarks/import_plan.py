"""A Word plan of 40 pages read, compared and taken over, and everything put back; bars: 5 s of CPU to read it, 3 s to take 300 actions over."""

from __future__ import annotations

import io
import sys
import time

READ, TAKE, ACTIONS, WORDS = 5.0, 3.0, 300, 50
SENTENCE = "We will train the staff of every council and of the police in what they have to know about it, and look again after a year."


def main() -> int:
    from diogel.home import is_demo

    if not is_demo():
        print("There is no demo in this home: run `make demo SERVE=no` first.")
        return 1
    from diogel.cli.ready import ready

    ready()
    from django.db import transaction

    from diogel.exchange.receiving import receive
    from diogel.exchange.taking import chosen_by_default, steps_of, take_over
    from diogel.people.access import Installation
    from diogel.people.models import Partnership

    by, data = Installation(), plan()
    partnership = Partnership.objects.get(slug="gwynedd-mon")
    new = {"code": "2031-32", "title": "Benchmark", "from_on": "2031-04-01", "to_on": "2032-03-31"}
    with transaction.atomic():
        began = time.process_time()
        intake = receive(data, by=by, partnership=partnership, file_name="benchmark.docx", new_plan=new)
        steps = steps_of(intake, user=by)[1]
        read = time.process_time() - began
        began = time.process_time()
        take_over(intake, by=by, keys=chosen_by_default(steps))
        take = time.process_time() - began
        transaction.set_rollback(True)
    print(
        f"{len(steps)} actions in {ACTIONS * WORDS:,} words of Word: read and compared in {read:.2f} s, taken over in {take:.2f} s of CPU"
    )
    return 0 if len(steps) == ACTIONS and read < READ and take < TAKE else 1


def plan() -> bytes:
    """A work plan as Word: a table with heads, 300 actions and about 375 words a page."""
    from docx import Document

    document = Document()
    rows = [("No", "Heading", "Action", "What it says", "Lead body", "Area", "By when", "Status")]
    words = " ".join([SENTENCE] * (WORDS // len(SENTENCE.split()) + 1)).split()
    text = " ".join(words[: WORDS - 8])
    rows += [
        (str(n), f"Heading {n // 30}", f"Action {n}", f"{text} {n}.", "North Wales Police", "Gwynedd", "31/03/2032", "Agreed")
        for n in range(1, ACTIONS + 1)
    ]
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, said in zip(table._tbl.tr_lst, rows, strict=True):
        for cell, each in zip(row.tc_lst, said, strict=True):
            cell.p_lst[0].add_r().text = each
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main())
