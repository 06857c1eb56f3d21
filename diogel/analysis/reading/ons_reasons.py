"""Why a file of places is refused: one code a reason, and its English sentence as a catalogue knows it (see `reasons`)."""

from __future__ import annotations

from .reasons import N_

PLACE_REASONS: dict[str, str] = {
    "no_such_file": N_("There is no such file."),
    "empty": N_("It is empty."),
    "too_large": N_("It is larger than 400 MB, which no file of places is."),
    "zip": N_("It is a zip or Excel file; unpack it, or save its sheet as CSV."),
    "web_page": N_("It is a web page, saved in place of the file."),
    "unknown_kind": N_("It is neither CSV, Parquet nor GeoJSON."),
    "damaged": N_("It is a gzip file that breaks off or is damaged."),
    "bomb": N_("It unpacks to more than 400 MB, which no file of places does."),
    "not_utf_8": N_("It is not in UTF-8; save it again in that encoding."),
    "no_heading": N_("Its first line does not hold the names of columns."),
    "twice": N_("Its first line does not hold the names of columns, each once."),
    "long_line": N_("It holds a line far longer than any in a file of places."),
    "open_quote": N_("Its lines end in different ways or a quotation mark is left open; save it again."),
    "ragged": N_("Its lines do not all have the columns of the first one."),
    "no_table": N_("It cannot be read as a table (%(why)s)."),
    "broken_geojson": N_("It begins like GeoJSON and breaks off or is damaged."),
    "not_geojson": N_("It is JSON, but not a GeoJSON collection of features."),
    "no_properties": N_("One of its features has no properties."),
    "no_feature": N_("It holds no feature."),
    "no_known_code": N_("Its features carry no code of an area that is known here."),
    "own_lacks": N_("A boundary of one’s own needs own_code, name_cy or name_en, and its year as vintage."),
    "no_polygon": N_("The outline of %(code)s is missing or not a polygon."),
    "no_coordinates": N_("The outline of %(code)s has no coordinates."),
    "metres": N_("Its coordinates are metres of the British National Grid; download it in degrees (WGS84)."),
    "no_columns": N_("Its columns are not those of a lookup, a boundary file or a population table (it has %(columns)s)."),
    "no_rows": N_("It has the columns of a file of places, but no line below them."),
    "no_code": N_("“%(text)s” stands where a code such as W01000003 belongs."),
    "no_year": N_("It does not say of which year it is; give --year."),
    "not_residents": N_("It counts something other than residents."),
    "unkept_kind": N_("It counts areas of a kind that is not kept here."),
    "no_number": N_("“%(text)s” stands where a number of people belongs."),
}
"""Code to sentence; codes are stable."""

YEAR_FROM_NAME = N_("The year was taken from the file’s name.")
