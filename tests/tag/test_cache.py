from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wirewatch.errors import SpecError
from wirewatch.tag.cache import KEPT, load_matcher, plan_digest, read_plan, write_plan
from wirewatch.tag.compiler import compile_plan
from wirewatch.tag.concepts import ConceptSpec, load_concepts
from wirewatch.tag.plan import Plan, plan_from_data, plan_to_data

FOLDER = Path(__file__).resolve().parents[2] / "include" / "concepts"
FOX = """\
id: red-fox
label: Red Fox
definition: An invented exercise.
names: {en: [Red Fox, {name: fox, requires: [{any: [exercise*], within: 3, side: after}]}], ka: [წითელი მელა]}
excludes: [fox trot]
examples: {yes: [Red Fox began.]}
"""


@pytest.fixture
def concepts(tmp_path: Path) -> Path:
    """A folder with one concept file."""
    folder = tmp_path / "concepts"
    folder.mkdir()
    (folder / "red-fox.yml").write_text(FOX, encoding="utf-8")
    return folder


WORDS = st.text(st.sampled_from("абвўіłąაa3-'"), min_size=1, max_size=6).map(lambda word: f"б{word}")
NAMES = st.lists(
    st.builds(" ".join, st.lists(WORDS | WORDS.map("{}*".format) | st.just("$list"), min_size=1, max_size=4)),
    min_size=1,
    max_size=4,
)
CONTEXTS = st.builds(
    lambda phrases, within, side: {"any": phrases, "within": within, "side": side},
    NAMES,
    st.sampled_from([0, 5, "sentence", "article"]),
    st.sampled_from(["before", "after", "either"]),
)


@settings(max_examples=100, deadline=None)
@given(NAMES, CONTEXTS, st.booleans(), st.sampled_from(["any", "exact"]))
def test_a_plan_comes_back_from_json_as_it_went(names: list[str], context: object, only: bool, case: str) -> None:
    """Compiled, written as JSON and read again, any concept is the same plan."""
    spec = ConceptSpec.model_validate(
        {
            "id": "any",
            "label": "any",
            "definition": "invented",
            "lists": {"list": ["Ж*", "Жук ... Бит", "ЖУК"]},
            "names": {"ru": [{"name": name, "only": only, "case": case, "requires": [context]} for name in names]},
            "excludes": names[:1],
            "examples": {"yes": ["x"]},
        }
    )
    plan = compile_plan([spec])
    assert plan_from_data(json.loads(json.dumps(plan_to_data(plan)))) == plan


def test_the_plan_of_the_concept_files_comes_back_from_disk_as_it_went(tmp_path: Path) -> None:
    """Compiled, kept and read, all concept files are the same plan, and the second matcher is made of it."""
    plan = compile_plan(load_concepts(FOLDER))
    write_plan(tmp_path / "concepts-a.json", plan)
    assert read_plan(tmp_path / "concepts-a.json") == plan
    assert [load_matcher(FOLDER, tmp_path, packs=["all"]).plan, load_matcher(FOLDER, tmp_path, packs=["all"]).plan] == [
        plan,
        plan,
    ]


def test_a_changed_file_is_compiled_again(concepts: Path, tmp_path: Path) -> None:
    """Whatever changes in a concept file, or in the set of files, the plan of before is not used."""
    digests = {plan_digest(concepts, packs=["core"])}
    assert load_matcher(concepts, tmp_path, packs=["core"]).find(title="", body="Grey Fox") == ()
    (concepts / "red-fox.yml").write_text(FOX.replace("Red Fox", "Grey Fox"), encoding="utf-8")
    digests.add(plan_digest(concepts, packs=["core"]))
    assert [m.surface for m in load_matcher(concepts, tmp_path, packs=["core"]).find(title="", body="Grey Fox")] == [
        "Grey Fox"
    ]
    (concepts / "red-fox.yml").rename(concepts / "grey-fox.yml")
    assert len({*digests, plan_digest(concepts, packs=["core"])}) == 3


def test_a_wrong_file_is_refused_though_the_cache_is_full(concepts: Path, tmp_path: Path) -> None:
    """A file that breaks after the plan was kept raises SpecError as ever."""
    load_matcher(concepts, tmp_path, packs=["core"])
    (concepts / "red-fox.yml").write_text(FOX + "colour: red\n", encoding="utf-8")
    with pytest.raises(SpecError, match="colour"):
        load_matcher(concepts, tmp_path, packs=["core"])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x80\x04\x95\x00.",
        b"{}",
        b"0" * 64 + b"\n{}",
        b"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n{}",  # a true checksum of no plan
        b"a5d5c7e3a9b0ee7a4e5b5b0d5b8a0c4bb8f7d4d8\n" + b"[" * 100_000,
    ],
)
def test_what_is_no_plan_is_replaced_by_one(concepts: Path, tmp_path: Path, content: bytes) -> None:
    """An empty, foreign, damaged or alien file under the name of the plan does no harm and is written anew."""
    path = tmp_path / f"concepts-{plan_digest(concepts, packs=['core'])}.json"
    path.write_bytes(content)
    assert read_plan(path) is None
    matcher = load_matcher(concepts, tmp_path, packs=["core"])
    assert read_plan(path) == matcher.plan == compile_plan(load_concepts(concepts))


def test_every_damaged_byte_is_noticed(tmp_path: Path) -> None:
    """A plan cut short anywhere, or with one byte changed, is no plan."""
    path = tmp_path / "concepts-a.json"
    write_plan(path, Plan())
    content = path.read_bytes()
    for place in range(len(content)):
        path.write_bytes(content[:place])
        assert read_plan(path) is None
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert read_plan(path) is None


def test_a_file_that_others_may_write_is_not_trusted(concepts: Path, tmp_path: Path) -> None:
    """A plan that somebody else could have written is compiled again."""
    load_matcher(concepts, tmp_path, packs=["core"])
    (path,) = tmp_path.glob("concepts-*.json")
    assert read_plan(path) is not None
    path.chmod(0o666)
    assert read_plan(path) is None


def test_a_cache_that_cannot_be_written_is_done_without(concepts: Path, tmp_path: Path) -> None:
    """Where the cache folder cannot be made, the matcher works all the same."""
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    assert load_matcher(concepts, tmp_path / "file", packs=["core"]).find(title="", body="Red Fox")


def test_writers_at_the_same_time_leave_one_whole_plan(concepts: Path, tmp_path: Path) -> None:
    """Many threads that start with an empty cache all get the plan, and leave one file and no scraps."""
    with ThreadPoolExecutor(8) as threads:
        plans = list(threads.map(lambda _: load_matcher(concepts, tmp_path / "cache", packs=["core"]).plan, range(32)))
    assert plans == [plans[0]] * 32
    (path,) = (tmp_path / "cache").iterdir()
    assert read_plan(path) == plans[0]


def test_old_plans_are_deleted(tmp_path: Path) -> None:
    """Only the newest plans are kept; other files stay."""
    (tmp_path / "other.json").touch()
    for number in range(KEPT + 3):
        write_plan(tmp_path / f"concepts-{number:02}.json", Plan())
        os.utime(tmp_path / f"concepts-{number:02}.json", (number, number))
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == [*(f"concepts-{number:02}.json" for number in range(3, KEPT + 3)), "other.json"]


def test_a_cached_start_loads_nothing_that_reads_concept_files(concepts: Path, tmp_path: Path) -> None:
    """With the plan in the cache neither YAML nor pydantic nor a dictionary of word forms is imported."""
    load_matcher(concepts, tmp_path, packs=["core"])
    code = (
        "import sys; from pathlib import Path; from wirewatch.tag.cache import load_matcher;"
        "matcher = load_matcher(Path(sys.argv[1]), Path(sys.argv[2]), packs=['core']);"
        "print(matcher.find(title='', body='Red Fox')[0].surface);"
        "print(sorted({'yaml', 'pydantic', 'pymorphy3', 're2', 'bs4'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(concepts), str(tmp_path)], check=True, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == ["Red Fox", "[]"]


def test_the_tag_command_starts_without_what_other_commands_need(concepts: Path, tmp_path: Path) -> None:
    """`wirewatch tag` with a full cache imports no YAML, pydantic, HTML, HTTP or database library."""
    environment = {**os.environ, "WIREWATCH_HOME": str(tmp_path), "WIREWATCH_CONCEPTS": str(concepts)}
    code = (
        "import sys; from wirewatch.cli import main; code = main(['tag']);"
        "heavy = {'yaml', 'pydantic', 'pymorphy3', 're2', 'bs4', 'requests', 'psycopg2'};"
        "print(code, sorted(heavy & sys.modules.keys()))"
    )
    for expected in ("yaml", "0 []"):  # the first start fills the cache
        done = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, input="", env=environment
        )
        assert expected in done.stdout
