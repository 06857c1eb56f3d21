"""Why a table, an extract, a mapping or a monthly file is refused: one code a reason, and its English sentence as a catalogue knows it."""

from __future__ import annotations

from .reasons import N_

MONTHLY_REASONS: dict[str, str] = {
    "monthly_unnamed": N_("Its name does not say month and force, as in 2024-01-north-wales-%(kind)s.csv."),
    "no_monthly_columns": N_("Its first line names none of the columns of a file of %(kind)s."),
    "wrong_monthly_order": N_("Its columns are not the %(n)s of a file of %(kind)s in their order."),
    "monthly_quote": N_("Row %(row)s opens a quotation mark that is never closed, or holds a cell far too long."),
    "other_months": N_("Its name says %(month)s, but %(n)s of its %(rows)s rows are of another month."),
    "unknown_outcomes": N_("%(n)s of its %(rows)s rows have an outcome that police.uk does not use."),
    "no_hours": N_("%(n)s of %(stops)s stops are at exactly midnight: this force publishes days without hours."),
}
"""Of files of outcomes, and of stops and searches; what they share with street files has its code in `reasons`."""

SHEET_REASONS: dict[str, str] = {
    "lacks_named": N_("It lacks the columns: %(columns)s. It has: %(present)s."),
    "sheet_too_large": N_("It is larger than %(most)s MB, more than an extract can be."),
    "old_excel": N_("It is an Excel file of before 2007, or locked with a password. Save it as .xlsx without one."),
    "not_excel": N_("It is not an Excel file, so it has no sheet of that name."),
    "no_names": N_("Its first row does not name any column."),
    "too_many_columns": N_("Its first row has %(n)s cells; no extract has so many columns."),
    "column_twice": N_("Two of its columns are named %(name)s."),
    "utf_16_table": N_("It is saved as UTF-16. Save it as CSV UTF-8."),
    "no_table_file": N_("It is neither a CSV nor an Excel file."),
    "sheet_quote": N_("Row %(row)s has a quotation mark that is never closed, or a cell far too long."),
    "sheet_bomb": N_("It unpacks to more than %(most)s MB, more than an extract can be."),
    "damaged_excel": N_("It is a damaged Excel file, or a zip archive of something else."),
    "no_such_sheet": N_("It has no sheet of that name; it has: %(sheets)s."),
    "no_sheet": N_("It has no sheet with rows."),
    "broken_sheet": N_("It is a damaged Excel file: a sheet of it breaks off."),
    "no_row_below": N_("It has the names of the columns and no row below them."),
}

DATE_REASONS: dict[str, str] = {
    "only_months": N_("Its dates are months without days, as open data have them; this needs the day of each event."),
    "mixed_sheet": N_(
        "Some of its dates are dates to the spreadsheet and others are text (row %(row)s): it may have swapped day and month "
        "in some. Ask for it again with dates written year first."
    ),
    "not_in_order": N_("Its dates are said to be %(order)s, but that of row %(row)s cannot be, nor those of %(n)s in all."),
    "mixed_orders": N_("The date of row %(day)s can only be day first, that of row %(month)s only month first: they were mixed up before."),
    "month_first": N_("Its dates are month first (row %(row)s). If that is so, state it."),
    "either_order": N_("Its dates can be read day first or month first. State which."),
    "two_orders": N_("Its dates of beginning are %(began)s and those of ending %(ended)s. State the order."),
}

EXTRACT_REASONS: dict[str, str] = {
    "too_many_kinds": N_("The column mapped as the kind of crime holds too many different texts, or too long ones, to be kinds."),
    "degrees_not_metres": N_("Its eastings and northings are degrees. Map those columns as longitude and latitude."),
    "metres_turned_in_area": N_("Its eastings and northings are swapped: the other way round, they lie in the area."),
    "metres_turned": N_("Its eastings and northings are swapped: no place in Britain lies so far east."),
    "metres_not_degrees": N_("Its longitudes and latitudes are not degrees. Map those columns as easting and northing."),
    "degrees_turned": N_("Its longitudes and latitudes are swapped."),
    "mapping_not_json": N_("The mapping is not JSON."),
    "mapping_no_object": N_("A mapping is a JSON object that gives each of its names a column."),
    "mapping_unknown": N_("A mapping knows no %(name)s. It knows: %(known)s."),
    "mapping_no_date": N_("The mapping does not say which column holds the date (began)."),
    "mapping_bad_order": N_("The mapping does not hold: there is no such order of dates."),
    "mapping_blank": N_("The mapping does not hold: the name of a column is not blank. Leave out what the file does not have."),
    "mapping_one_coordinate": N_("The mapping does not hold: a point needs two columns, easting and northing, or longitude and latitude."),
    "mapping_points_twice": N_("The mapping does not hold: points are told once, in metres or in degrees, not in both."),
    "mapping_time_alone": N_("The mapping does not hold: a time of ending needs the day of ending."),
    "mapping_column_twice": N_("The mapping does not hold: one column cannot be two things at once."),
}

MARAC_REASONS: dict[str, str] = {
    "no_referrals": N_("It holds no row with a reference and a date."),
    "references_are_names": N_("Its references look like names. Replace each with a reference that names nobody, and send it again."),
    "no_cases": N_("%(count)s is not a count: cases and repeats are whole numbers from zero up."),
    "too_many_repeats": N_("%(repeats)s repeats among %(cases)s cases cannot be: every repeat is a case."),
    "before_last_referral": N_("%(day)s lies before the last referral, %(last)s."),
    "days_turned": N_("The first day, %(first)s, lies after the last, %(last)s."),
}

FILE_REASONS = MONTHLY_REASONS | SHEET_REASONS | DATE_REASONS | EXTRACT_REASONS | MARAC_REASONS
"""Code to sentence; codes are stable."""
