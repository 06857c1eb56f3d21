"""Why a single row is refused while the others stand: one code a reason, and its English words, which follow the row's number."""

from __future__ import annotations

from .reasons import N_

ROW_REASONS: dict[str, str] = {
    "row_cells": N_("it has %(found)s cells where %(wanted)s belong"),
    "row_long_cell": N_("one of its cells is far too long"),
    "row_no_date": N_("it has no date"),
    "row_no_such_date": N_("there is no such date"),
    "row_month_alone": N_("its date is a month without a day"),
    "row_date_a_number": N_("its date is a number"),
    "row_two_digits": N_("its year has two digits"),
    "row_no_date_written": N_("its date is not written as a date"),
    "row_not_year_first": N_("its date is not written year first, as the column is said to be"),
    "row_not_in_order": N_("its date cannot be %(order)s, as the others are"),
    "row_no_clock": N_("its time is not written as 23:59"),
    "row_no_such_time": N_("there is no such time of day"),
    "row_no_zone": N_("its date is not a moment with its zone, as in 2024-03-01T09:58:00+00:00"),
    "row_later": N_("its date lies after today"),
    "row_too_old": N_("its date lies more than 60 years back"),
    "row_ends_first": N_("it ends before it begins"),
    "row_end": N_("end: %(why)s"),
    "row_other_month": N_("its month is not that of the file"),
    "row_no_kind": N_("it has no kind"),
    "row_no_reference": N_("it has no reference"),
    "row_reference_twice": N_("its reference is that of row %(row)s"),
    "row_one_coordinate": N_("it has one coordinate of two"),
    "row_nowhere": N_("its point is 0, 0, which is no place"),
    "row_no_number": N_("a coordinate of it is not a number"),
    "row_turned": N_("its longitude and latitude are swapped"),
    "row_off_grid": N_("its point lies off the British National Grid"),
    "row_off_kingdom": N_("its point lies outside the United Kingdom"),
    "row_off_isles": N_("its point lies outside the British Isles"),
    "row_no_outcome": N_("it has no outcome"),
    "row_no_search": N_("it is of no known type of search"),
    "row_not_true_or_false": N_("where True or False belongs, it has something else"),
    "order_iso": N_("year first"),
    "order_day_first": N_("day first"),
    "order_month_first": N_("month first"),
}
"""Code to words; codes are stable. The orders of dates stand within other reasons."""
