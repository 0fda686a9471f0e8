"""Settings come from the environment and options, a site from its own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from si_lod.errors import InvalidFiles, InvalidSetting
from si_lod.settings import Settings
from si_lod.sites import Site

SITE = """
base = "https://data.example.org/orchards/"
ontology = "def/orchard"
languages = ["en", "nl"]
lists = ["def/orchard#Tree", "http://www.w3.org/ns/org#Organization"]
[title]
en = "Orchards"
nl = "Boomgaarden"
[description]
en = "Trees"
nl = "Bomen"
[prefixes]
tree = "id/tree/"
org = "http://www.w3.org/ns/org#"
"""


def write(folder: Path, text: str) -> Path:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/site.toml").write_text(text, encoding="utf-8")
    return folder


def test_an_option_goes_before_the_environment_and_that_before_the_default() -> None:
    settings = Settings.read({"SI_LOD_PORT": "9000", "SI_LOD_HOST": "::1"}, host="127.0.0.2", port=None)
    assert settings == Settings(Path("releases"), "127.0.0.2", 9000, 2)


def test_a_number_that_is_none_is_named_with_what_was_found() -> None:
    with pytest.raises(InvalidSetting, match='SI_LOD_PORT: expected a whole number from 0 to 65535, found "http"'):
        Settings.read({"SI_LOD_PORT": "http"})


def test_a_number_that_is_too_small_is_refused() -> None:
    with pytest.raises(InvalidSetting, match='SI_LOD_WORKERS: expected a whole number from 1 to 64, found "0"'):
        Settings.read({"SI_LOD_WORKERS": "0"})


def test_a_setting_that_is_empty_is_not_set() -> None:
    assert Settings.read({"SI_LOD_PORT": "", "SI_LOD_RELEASES": ""}) == Settings()


def test_a_variable_that_is_spelled_almost_as_a_setting_is_named_with_the_one_that_is_meant() -> None:
    of_a_container_platform = {"SI_LOD_SERVICE_HOST": "10.0.0.1", "SI_LOD_PORT_8000_TCP_ADDR": "10.0.0.1"}
    environment = {"SI_LOD_WORKER": "4", "SI_LOD_QUERYSECONDS": "5", "SI_LOD_PORT": "8080", **of_a_container_platform}
    assert list(Settings.misspelt(environment)) == [
        ("SI_LOD_QUERYSECONDS", "SI_LOD_QUERY_SECONDS"),
        ("SI_LOD_WORKER", "SI_LOD_WORKERS"),
    ]


def test_the_iris_of_a_site_are_made_absolute(tmp_path: Path) -> None:
    site = Site.read(write(tmp_path, SITE))
    assert site.ontology == "https://data.example.org/orchards/def/orchard"
    assert site.lists == ("https://data.example.org/orchards/def/orchard#Tree", "http://www.w3.org/ns/org#Organization")
    assert site.prefixes["tree"] == "https://data.example.org/orchards/id/tree/"


def test_a_site_survives_the_manifest(tmp_path: Path) -> None:
    site = Site.read(write(tmp_path, SITE))
    assert Site.restore(site.store()) == site


def test_a_site_without_its_file_is_told_where_it_was_expected(tmp_path: Path) -> None:
    with pytest.raises(InvalidFiles, match=r"data/site\.toml: expected this file in the site folder"):
        Site.read(tmp_path)


def test_toml_that_is_none_is_reported_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(InvalidFiles, match=r"data/site\.toml:1:8: expected TOML in UTF-8: Invalid value$"):
        Site.read(write(tmp_path, "base = ?\n"))


def test_all_faults_of_a_site_are_reported_at_once(tmp_path: Path) -> None:
    text = SITE.replace("ontology", "ontologie").replace('languages = ["en", "nl"]', 'languages = "en"')
    with pytest.raises(InvalidFiles) as caught:
        Site.read(write(tmp_path, text))
    assert [problem.message.partition(":")[0] for problem in caught.value.problems] == [
        "languages",
        "ontologie",
        "ontology",
    ]


def test_a_language_without_a_title_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InvalidFiles, match="title: expected a text for each of the languages, found none for nl"):
        Site.read(write(tmp_path, SITE.replace('nl = "Boomgaarden"', "")))


def test_a_base_without_a_slash_at_the_end_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InvalidFiles, match="ends in a slash"):
        Site.read(write(tmp_path, SITE.replace('orchards/"', 'orchards"')))
