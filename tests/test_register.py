"""The register as a student uses it: open, look, make a copy, write a project down, change it, take it away."""

import pytest
import yaml
from made_up_records import partner, project, question

import labkit as lk
from labkit.errors import UnknownNameError, WrongUseError
from labkit.register.book import Book
from labkit.register.errors import ConflictError, RecordError
from labkit.register.records import KINDS
from labkit.register.register import Register
from labkit.register.schemas import schema_text
from labkit.register.templates import template
from labkit.register.validating import parse_record
from labkit.register.writing import new_text


@pytest.fixture(scope="session")
def register(leiden):
    return leiden.register


@pytest.fixture
def own(leiden, tmp_path):
    return leiden.register.copy(tmp_path / "own")


def example(register, **more):
    return register.new(
        "project",
        title_en="Made-up example: soup mornings",
        summary_en="Who comes, and who does not?",
        kind="course",
        themes=["social_cohesion"],
        scope="areas",
        areas=["De Kooi"],
        start="2026",
        **more,
    )


def test_every_file_of_leiden_is_read(register):
    files = [path for kind in KINDS.values() for path in (register.folder.path / kind.FOLDER).glob("*.yaml")]
    assert register.faults == []
    assert len(register.book) == len(files) > 200


def test_the_files_of_leiden_stand_in_the_form_that_labkit_writes(register):
    """A change through labkit then touches the changed lines only."""
    for record in register.book:
        text = register.folder.file(record.id).read_text(encoding="utf-8")
        assert parse_record(type(record), text) == record
        assert text == new_text(record), record.id


@pytest.mark.parametrize("kind", KINDS)
def test_published_schemas_and_templates_are_those_of_the_models(register, kind):
    folder = register.folder.path
    assert (folder / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8") == schema_text(kind)
    for language in ("nl", "en"):
        assert (folder / "templates" / f"{kind}.{language}.yaml").read_text(encoding="utf-8") == template(
            kind, language
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_has_a_row_for_each_record_and_loses_no_field(register, kind):
    table = register.table(kind)
    assert list(table.index) == [one.id for one in register.book.of(KINDS[kind])]
    for id, row in table.iterrows():
        data = yaml.safe_load(register.folder.file(id).read_text(encoding="utf-8"))
        for name, value in data.items():
            if name == "id" or isinstance(value, dict):
                continue
            if isinstance(value, list) and isinstance(value[0], dict):
                assert row[name] == [next(iter(one.values())) for one in value]
            elif isinstance(value, list):
                assert list(row[name]) == value
            else:
                assert str(row[name]) == str(value)


def test_tables_by_name(register):
    assert len(register.projects) > 80
    assert (register.projects["year"].isna() | register.projects["year"].between(1990, 2030)).all()
    assert set(register.projects["furthest_stage"]) <= {"output", "use", "change", "none", "unknown"}
    assert len(register.questions) and len(register.offers) and len(register.partners)
    assert len(register.agreements) and len(register.outcomes)
    assert set(register.links["predicate"]) >= {
        "addresses",
        "builds_on",
        "produces",
        "partner_in",
        "located_in",
        "party_to",
        "renews",
    }


def test_places_add_up_to_the_projects(register):
    places = register.places()
    assert places.crs.to_epsg() == 4326
    assert places.groupby("record")["share"].sum().round(9).eq(1).all()
    assert places["record"].nunique() == len(register.projects)
    assert places.loc[places["group"] != "areas", "geometry"].isna().all()
    assert places.loc[places["group"] == "areas", "geometry"].notna().all()


def test_a_page_says_what_is_linked_to_it(register):
    page = register["org-portaal"]
    assert "p-2021-slaaghwijk-tenants" in str(page)
    assert set(page.links["other"]) == {"p-2021-slaaghwijk-tenants"}
    assert "lang='en'" in page._repr_html_()


def test_a_page_shows_text_as_text(own):
    made = own.save(example(own, note_en="<script>alert(1)</script>"))
    html = own[made.id]._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_an_unknown_id_is_answered_with_the_nearest(register):
    with pytest.raises(UnknownNameError, match="p-2018-honours-pilot"):
        register["p-2018-honors-pilot"]
    with pytest.raises(UnknownNameError, match="project"):
        register.table("projekt")


def test_a_new_record_is_private_until_somebody_says_otherwise(register):
    assert example(register).visibility == "private"


def test_a_new_record_that_lacks_something_says_what(register):
    with pytest.raises(RecordError) as caught:
        register.new("project", title_en="x", themes=["soup"])
    assert {one.column for one in caught.value.faults} == {"kind", "themes[1]", "summary_en"}


def test_preview_tells_what_is_still_to_do(own):
    page = own.preview(example(own, involves_people=True))
    assert any(one.column == "ethics_route" for one in page.faults)
    assert "ethics_route" in page._repr_html_()
    assert page.record.id not in own.book


def test_save_edit_delete_restore(own):
    made = own.save(example(own))
    own.edit(made.id, status="running", areas=["Slaaghwijk"], handover={"open_ends_en": "Who does not come?"})
    again = Register.open(own.folder.path, own.city)
    record = again.book[made.id]
    assert (record.status, record.areas, record.handover.open_ends_en) == (
        "running",
        ["BU05460800"],
        "Who does not come?",
    )
    again.edit(made.id, handover=None)
    assert again.book[made.id].handover is None
    again.delete(made.id)
    assert made.id not in Register.open(own.folder.path).book
    assert again.restore(made.id).status == "running"


def test_somebody_else_is_not_overwritten(own):
    made = own.save(example(own))
    other = Register.open(own.folder.path, own.city)
    other.edit(made.id, note_en="Theirs")
    with pytest.raises(ConflictError) as caught:
        own.edit(made.id, note_en="Mine")
    assert "Theirs" in caught.value.differences._repr_html_()
    own.reload()
    assert own.edit(made.id, note_en="Mine").note_en == "Mine"


def test_what_others_refer_to_is_not_deleted_unseen(own):
    with pytest.raises(WrongUseError, match="p-2021-slaaghwijk-tenants"):
        own.delete("org-portaal")
    own.delete("org-portaal", force=True)
    assert any("org-portaal" in one.message for one in own.check().errors)


def test_a_copy_has_all_and_leaves_the_original(register, own):
    assert own.book.records == register.book.records
    own.edit("org-portaal", short_name="Changed")
    assert register.book["org-portaal"].short_name != "Changed"
    assert Register.open(register.folder.path).book["org-portaal"].short_name != "Changed"


def test_a_working_copy_is_made_once(register, tmp_path):
    first = register.working_copy(tmp_path / "mine")
    made = first.save(example(first))
    assert made.id in register.working_copy(tmp_path / "mine").book


def test_a_city_opens_with_a_register_of_your_own(own):
    made = own.save(example(own))
    assert made.id in lk.open_city("leiden", register=own.folder.path).register.book


def test_a_city_without_a_register_has_an_empty_one(duinstad):
    assert len(duinstad.register.book) == 0
    assert duinstad.register.faults == []
    assert list(duinstad.register.projects.columns[:2]) == ["title", "year"]


def test_only_what_is_public_is_public():
    hidden = partner("org-hidden", visibility="private")
    shown = project("p-a", partners=[{"partner": "org-hidden", "role": "client"}, {"partner": "org-b", "role": "host"}])
    asked = question("q-a", asker="org-hidden")
    public = Book([hidden, shown, asked, partner("org-b")]).public()
    assert set(public.records) == {"p-a", "q-a", "org-b"}
    assert [one.partner for one in public["p-a"].partners] == ["org-b"]
    assert public["q-a"].asker is None


def test_an_outcome_of_a_hidden_project_is_hidden_with_it():
    outcome = KINDS["outcome"](
        id="out-a",
        visibility="public",
        project="p-a",
        stage="output",
        kind="report",
        statement_en="x",
        direction="unknown",
        evidence="none",
    )
    reuser = project("p-b", reuses=["out-a"])
    public = Book([project("p-a", visibility="partners"), outcome, reuser]).public()
    assert set(public.records) == {"p-b"}
    assert public["p-b"].reuses == []


def test_no_agreement_without_a_source(register):
    """Nothing is put under an agreement unless a page says so."""
    links = [one for one in register.book.links if one.predicate == "under_agreement"]
    assert links
    assert all(one.source for one in links)
    mine = {one.holder for one in links}
    for id in (
        "p-2017-gardens-de-kooi",
        "p-2018-gardens-meerburg",
        "p-2022-christmas-dinner",
        "p-2025-leidenarenborrel",
    ):
        assert id not in mine


def test_an_id_stays(own):
    with pytest.raises(WrongUseError, match="stays"):
        own.edit("org-portaal", id="org-portal")


def test_the_data_card_counts_what_is_there(register):
    """The numbers in the data card are those of the files."""
    card = (register.folder.path / "README.md").read_text(encoding="utf-8")
    projects = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in (register.folder.path / "projects").glob("*.yaml")
    ]
    outcomes = [
        yaml.safe_load(path.read_text(encoding="utf-8")) for path in (register.folder.path / "outcomes").glob("*.yaml")
    ]
    with_outcome = {one["project"] for one in outcomes}
    counts = {
        "place unknown": f"{sum(one['scope'] == 'unknown' for one in projects)} of {len(projects)}",
        "no outcome stated": sum(one["id"] not in with_outcome for one in projects),
        "year unknown": sum(one["start"] == "unknown" for one in projects),
        "level of education unknown": sum(one["levels"] == ["unknown"] for one in projects),
        "kind unknown": sum(one["kind"] == "unknown" for one in projects),
        "status unknown": sum(one["status"] == "unknown" for one in projects),
        "no partner stated": sum(not one.get("partners") for one in projects),
        "whether people were asked, watched or measured unknown": sum(
            one["involves_people"] == "unknown" for one in projects
        ),
    }
    for what, count in counts.items():
        assert f"| {what} | {count} |" in card, what
    for kind in KINDS.values():
        assert f"| {len(list((register.folder.path / kind.FOLDER).glob('*.yaml')))} |" in next(
            line for line in card.splitlines() if line.startswith(f"| `{kind.FOLDER}/`")
        )


def test_what_is_left_out_for_an_audience_is_known_to_be_left_out():
    """So that a public page does not say "none" where there is something that it may not show."""
    asked, hidden = question("q-a"), project("p-a", visibility="private", addresses=["q-a"])
    public = Book([asked, hidden, question("q-b")]).public()
    assert public.withheld == {"q-a": frozenset({"addresses"})}
    assert "p-a" not in str(public.withheld)


def test_running_a_cell_again_keeps_what_came_after_it(own):
    first = own.save(example(own, id="p-cell"))
    own.edit("p-cell", status="finished", handover={"open_ends_en": "Later."})
    again = own.save(example(own, id="p-cell"))
    assert (again.status, again.handover.open_ends_en) == ("finished", "Later.")
    with pytest.raises(ConflictError):
        own.save(first.with_(status="stopped"))
    assert own.save(first.with_(students=9), merge=True).status == "finished"
    assert own.book["p-cell"].students == 9


def test_the_register_that_comes_with_labkit_stays_as_it_is(register):
    from labkit.register.errors import ReadOnlyError

    for work in (
        lambda: register.save(example(register)),
        lambda: register.edit("org-portaal", note_en="x"),
        lambda: register.delete("org-portaal", force=True),
    ):
        with pytest.raises(ReadOnlyError, match="working_copy"):
            work()


def test_names_become_ids_and_codes(own):
    made = own.new(
        "project",
        title_en="Made up",
        summary_en="Made up.",
        kind="course",
        themes=["safety"],
        programme="Leren met de Stad",
        areas=["De Kooi"],
        partners=[{"partner": "Gemeente Leiden", "role": "asker"}],
    )
    assert (made.programme, made.scope, made.areas, made.partners[0].partner) == (
        "leren_met_de_stad",
        "areas",
        ["BU05460302"],
        "org-gemeente-leiden",
    )


def test_a_block_keeps_what_is_not_named(own):
    made = own.save(example(own, handover={"open_ends_en": "One.", "data_at": "Here"}))
    assert own.edit(made.id, handover={"data_at": "There"}).handover.open_ends_en == "One."
    assert own.edit(own[made.id], handover={"open_ends_en": None}).handover.as_dict() == {"data_at": "There"}


def test_saving_tells_what_is_still_to_mend(own):
    from labkit.register.errors import RecordWarning

    with pytest.warns(RecordWarning, match="ethics_route"):
        made = own.save(example(own, involves_people=True))
    with pytest.warns(RecordWarning, match="note_en"):
        own.edit(
            made.id,
            visibility="public",
            note_en="Ask mw. De Vries, 06-12345678",
            ethics_route="not_needed",
            data_class="none",
        )


def test_a_page_gives_the_fields_of_its_record(register):
    assert register["p-2018-honours-pilot"].start == "2018"
    with pytest.raises(AttributeError):
        register["p-2018-honours-pilot"].strat  # noqa: B018


def test_a_record_that_cannot_be_read_is_told_where_it_is_asked_for(own):
    path = own.folder.file("org-portaal")
    path.write_text("id: org-portaal\n\tname: x\n", encoding="utf-8")
    own.reload()
    with pytest.raises(RecordError, match=r"org-portaal\.yaml, line 2"):
        own["org-portaal"]
    with pytest.raises(RecordError, match=r"org-portaal\.yaml, line 2"):
        own.edit("org-portaal", name="x")


def test_an_id_is_never_used_again(own):
    first = own.save(own.new("question", title_en="Soup?", themes=["safety"]))
    own.delete(first.id)
    assert own.new("question", title_en="Soup?", themes=["safety"]).id == "q-soup-2"


def test_stray_files_and_cut_texts_are_told(own):
    folder = own.folder.path
    (folder / "projects" / "2021").mkdir()
    for place in ("p-root.yaml", "projects/2021/p-deep.yaml", "projects/p-text.txt", "projecten.yaml"):
        (folder / place).write_text("id: p-x\n", encoding="utf-8")
    template = folder / "templates" / "project.nl.yaml"
    template.write_text(template.read_text(encoding="utf-8").replace("\nid:\n", "\nid: p-mine\n"), encoding="utf-8")
    path = own.folder.file("org-portaal")
    path.write_text(path.read_text(encoding="utf-8").replace("name: ", "name: Huis #1 ", 1), encoding="utf-8")
    own.reload()
    told = {one.file: one.severity for one in own.check() if one.file not in {"register.yaml"}}
    assert {
        "p-root.yaml",
        "projects/2021/p-deep.yaml",
        "projects/p-text.txt",
        "projecten.yaml",
        "templates/project.nl.yaml",
    } <= set(told)
    assert any(one.file == "partners/org-portaal.yaml" and "#1" in one.message for one in own.check().warnings)


def test_a_copy_that_was_cut_short_is_no_register(register, tmp_path, monkeypatch):
    from labkit.register import register as module

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_schemas", stop)
    with pytest.raises(KeyboardInterrupt):
        register.working_copy(tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    assert len(register.working_copy(tmp_path / "mine").book) == len(register.book)


def test_a_project_is_deleted_with_its_outcomes(own):
    made = own.save(example(own))
    own.save(own.new("outcome", project=made.id, stage="output", kind="report", statement_en="Made up."))
    with pytest.raises(WrongUseError):
        own.delete(made.id)
    own.delete(made.id, outcomes=True)
    assert made.id not in own.book
    assert not own.book.outcomes_of(made.id)


def test_a_public_page_claims_nothing_that_a_hidden_record_denies(leiden):
    from labkit.register.agreements import agreement_report
    from labkit.register.answers import answer
    from labkit.register.lineage import lineage
    from labkit.register.records import Agreement, Outcome

    said = {"visibility": "public", "statement_en": "x", "direction": "unknown", "evidence": "none"}
    asked = question("q-a")
    hidden = project("p-hidden", visibility="private", addresses=["q-a"], builds_on=["p-shown"])
    shown = project("p-shown")
    made = Outcome(id="out-shown", project="p-shown", stage="output", kind="report", **said)
    secret = Agreement(
        id="ag-secret", visibility="private", title_en="Secret", kind="convenant", status="in_force", start="2020"
    )
    under = project(
        "p-initiative",
        kind="initiative",
        partners=[{"partner": "org-club", "role": "executing"}],
        under_agreement=[{"agreement": "ag-secret", "source": "https://example.org/"}],
    )
    book = Book([asked, hidden, shown, made, secret, under, partner("org-club", kind="association")])
    assert "Not everything" in answer(book, "q-a").state("en")
    assert [one.project for one in lineage(book.public()).dead_ends] == []
    assert [one.id for one in agreement_report(book, leiden.areas).apart] == []


def test_counts_say_what_could_not_be_read(own):
    own.folder.file("p-2018-honours-pilot").write_text("id: p-2018-honours-pilot\n\tx\n", encoding="utf-8")
    own.reload()
    assert "cannot be read" in str(own.coverage())
    assert "cannot be read" in str(own.search("soup"))
    assert "cannot be read" in repr(own)


def test_places_and_coverage_share_a_project_alike(leiden, tmp_path):
    """Two ways to count the same: the shares on the map, and those in the coverage."""
    own = leiden.register.copy(tmp_path / "own")
    own.save(project("p-two", scope="areas", areas=["WK054603", "GM0547"]))
    table = own.coverage().table.set_index("code")["projects_fractional"]
    places = own.places()
    for code, share in places[places["group"] == "areas"].groupby("area")["share"].sum().items():
        if code in table.index:
            assert share == pytest.approx(float(table[code])), code


def test_a_cell_without_an_id_that_runs_twice_means_one_record(own):
    first = own.save(own.new("question", title_en="Soup again?", themes=["safety"]))
    again = own.save(own.new("question", title_en="Soup again?", themes=["safety"]))
    assert first.id == again.id
    other = own.new("question", title_en="Soup, again!", themes=["safety"])
    assert other.id != first.id


def test_what_was_deleted_does_not_come_back_unseen(own):
    made = own.save(example(own))
    own.delete(made.id)
    with pytest.raises(ConflictError, match="deleted"):
        own.save(made.with_(students=2))


def test_a_record_in_the_folder_of_another_kind_is_told_where_it_belongs(own):
    own.folder.file("p-2018-honours-pilot").rename(own.folder.path / "questions" / "p-2018-honours-pilot.yaml")
    own.reload()
    [fault] = own.faults
    assert fault.file == "questions/p-2018-honours-pilot.yaml"
    assert "projects" in fault.advice
