"""The texts of a form's page, by a short name that its script uses."""

from __future__ import annotations

from labkit.language import t


def page_texts(language: str) -> dict[str, str]:
    """Return the texts of the page in a language.

    Examples
    --------
    >>> page_texts("nl")["save"]
    'Opslaan'
    """
    return _frame(language) | _fields(language) | _panels(language)


def _frame(language: str) -> dict[str, str]:
    return {
        "new": t("New {kind}", language),
        "change": t("Change a {kind}", language),
        "language": t("Language of the form", language),
        "save": t("Save", language),
        "progress": t("{count} of {total} required fields", language),
        "complete": t("All required fields are filled in", language),
        "kept": t("Draft kept at {time}", language),
        "filled": t("{count} filled in", language),
        "to_look_at": t("{count} to look at", language),
        "required": t("required", language),
        "one_is_enough": t("One of the two languages is enough.", language),
        "dutch": t("Dutch", language),
        "english": t("English", language),
        "id": t("Id", language),
        "id_help": t(
            "Made from year and title; also the name of the file. It cannot be changed after saving.", language
        ),
        "id_fixed": t("Others refer to it, so it stays.", language),
        "id_later": t("Follows from the title.", language),
        "saving": t("Saving …", language),
    }


def _fields(language: str) -> dict[str, str]:
    return {
        "choose": t("Choose", language),
        "unknown": t("unknown", language),
        "yes": t("yes", language),
        "no": t("no", language),
        "clear": t("Empty this field", language),
        "date_help": t("For instance 2026, 2026-03 or 2026-03-14.", language),
        "url_help": t("Whole, with https:// in front.", language),
        "add": t("Add", language),
        "add_to": t("Add to {label}", language),
        "remove": t("Remove", language),
        "remove_one": t("Remove {name}", language),
        "first": t("Put first", language),
        "first_one": t("Put {name} first", language),
        "order": t("In this order", language),
        "search": t("Type to search", language),
        "found": t("{count} found", language),
        "nothing_found": t("Nothing found", language),
        "more_found": t("Type more to see the others: {count}.", language),
        "use_id": t("{id}: not in the register yet", language),
        "not_there": t("not in the register", language),
        "none_yet": t("None yet", language),
        "map": t("Areas to pick", language),
        "map_help": t(
            "Click an area to choose it, and again to take it out; or search below. On the map the arrow keys move, Enter "
            "chooses.",
            language,
        ),
        "level": t("Show on the map", language),
        "chosen_areas": t("Chosen areas", language),
        "find_area": t("Search an area", language),
        "chosen": t("chosen", language),
        "zoom_in": t("Zoom in", language),
        "zoom_out": t("Zoom out", language),
        "codes": t("Codes of areas, with commas between them.", language),
        "ask_block": t("Fill in {label}", language),
        "drop_block": t("Take {label} out", language),
    }


def _panels(language: str) -> dict[str, str]:
    return {
        "faults": t("This keeps it from being saved: {count}", language),
        "look_at": t("To look at", language),
        "fault": t("Not right", language),
        "needed": t("Still needed", language),
        "protected": t("This register comes with labkit and stays as it is.", language),
        "protected_help": t("To save, work in a copy of your own. It is made in the folder {copy}.", language),
        "make_copy": t("Make a copy and go on there", language),
        "copied": t("You now work in your own copy: {path}", language),
        "copied_code": t("Next time, open it with:", language),
        "drafts": t("There is text that was not saved", language),
        "draft": t("Draft of {time}", language),
        "untitled": t("no title yet", language),
        "continue": t("Go on with it", language),
        "discard": t("Throw away", language),
        "anew": t("Start anew", language),
        "unread": t("A draft could not be read. It stays where it is: {path}", language),
        "silent": t("Python does not answer", language),
        "silent_kept": t(
            "Perhaps it is busy with another cell, or it has stopped. Your text is kept until {time}. Has it stopped? Restart it, "
            "run the cell again and go on with your draft.",
            language,
        ),
        "silent_unkept": t(
            "Perhaps it is busy with another cell, or it has stopped. Nothing of your text is kept yet: leave this page open, or "
            "copy your text. Then restart Python and run the cell again.",
            language,
        ),
        "copy_text": t("Copy my text", language),
        "text_copied": t("Copied", language),
        "conflict": t("Somebody else changed this record meanwhile", language),
        "conflict_help": t("Nothing is overwritten. Choose for each field what stays.", language),
        "opened": t("When you opened it", language),
        "theirs": t("Theirs, as it is now", language),
        "mine": t("Yours", language),
        "both_changed": t("changed by both", language),
        "keep_mine": t("Keep mine", language),
        "take_theirs": t("Take theirs", language),
        "resolve": t("Save what I chose", language),
        "later": t("Back to the form", language),
        "deleted": t("Somebody deleted this record meanwhile", language),
        "deleted_help": t("Your text is still here. You can save it as a new record.", language),
        "save_anew": t("Save as a new record", language),
        "saved": t("Saved", language),
        "file": t("The file", language),
        "in_python": t("In Python", language),
        "git": t("For git", language),
        "linked": t("Linked to it", language),
        "go_on": t("Change it further", language),
        "another": t("Another new {kind}", language),
        "still": t("Still to look at", language),
    }
