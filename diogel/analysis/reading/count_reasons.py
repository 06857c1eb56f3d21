"""Why a table of recorded crime, of crime by borough or of deprivation is refused: one code a reason, and its English sentence."""

from __future__ import annotations

from .reasons import N_

COUNT_REASONS: dict[str, str] = {
    "outlines_no_crime": N_("It holds outlines, not recorded crime."),
    "no_crime_columns": N_("It is no table of recorded crime: it has no column for %(columns)s."),
    "moved_columns": N_("Line %(line)s has “%(group)s” for a group and “%(subgroup)s” for a subgroup: its columns have moved."),
    "no_offence_code": N_("“%(text)s” stands where the code of an offence belongs."),
    "no_quarter": N_("Line %(line)s is of financial year “%(year)s” and quarter “%(quarter)s”, which is no quarter such as 2018/19, 3."),
    "no_offences": N_("Line %(line)s has “%(text)s” for a number of offences."),
    "outlines_no_boroughs": N_("It holds outlines, not counts of boroughs."),
    "no_borough_columns": N_("It is no table of crime by borough: it has no column for %(columns)s."),
    "heading_alone": N_("It holds the heading and no count."),
    "borough_cell_blank": N_("Line %(line)s has nothing in the column %(column)s."),
    "borough_count": N_("Line %(line)s has “%(text)s” for a count, which is a whole number such as 12."),
    "borough_month": N_("Line %(line)s has “%(text)s” for a month, which is written as 2021-04."),
    "borough_twice": N_("Line %(line)s gives this a second time: %(cell)s."),
    "two_spellings": N_("“%(one)s” and “%(other)s” are one name written in two ways: their counts would stand apart."),
    "outlines_no_ranks": N_("It holds outlines, not ranks of deprivation."),
    "no_such_edition": N_("There is no edition of %(year)s; those known are %(known)s."),
    "no_ranks": N_("It has no column of LSOA codes, or none of ranks such as Crime_rank."),
    "edition_untold": N_("It does not say of which edition it is; give the year."),
    "lsoa_twice": N_("An LSOA comes twice."),
    "rank_too_high": N_("%(lsoa)s has rank %(rank)s among %(n)s areas."),
    "no_decile": N_("%(lsoa)s has decile %(decile)s."),
    "no_lsoa": N_("“%(text)s” stands where a Welsh LSOA code such as W01000003 belongs."),
    "later_lsoa": N_("%(lsoa)s is an LSOA of 2021, and the edition of %(year)s is on earlier ones."),
    "no_score": N_("“%(text)s” stands where a number belongs."),
}
"""Code to sentence; codes are stable."""
