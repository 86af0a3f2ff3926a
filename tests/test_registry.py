import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readtheroom import registry, reporters
from readtheroom.errors import PluginError, UsageError
from tests.office import put

Install = Callable[[str, dict[str, str]], None]


def forget() -> None:
    for cached in (registry.names, registry.load):
        cached.cache_clear()
    for name in [name for name in sys.modules if name.startswith("demo_")]:
        del sys.modules[name]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs a distribution as pip would: entry points of one group, and modules."""
    monkeypatch.syspath_prepend(str(tmp_path))
    forget()

    def write(points: str, modules: dict[str, str]) -> None:
        number = len(list(tmp_path.glob("*.dist-info")))
        about = f"demo{number}-1.dist-info"
        metadata = f"Metadata-Version: 2.1\nName: demo{number}\nVersion: 1\n"
        put(tmp_path, {f"{about}/METADATA": metadata, f"{about}/entry_points.txt": points, **modules})
        forget()

    yield write
    forget()


def test_a_folder_is_the_registry() -> None:
    folder = Path(reporters.__path__[0])
    assert registry.own("reporters") == tuple(sorted(path.stem for path in folder.glob("[!_]*.py")))
    assert registry.load("reporters", "sarif").__name__ == "readtheroom.reporters.sarif"


def test_a_hyphen_in_a_name_is_an_underscore_in_the_files() -> None:
    assert "trending-hashtag" in registry.own("kinds")
    assert registry.load("kinds", "trending-hashtag").__name__ == "readtheroom.kinds.trending_hashtag"


def test_what_a_folder_shares_is_no_name() -> None:
    assert [name for name in registry.own("kinds") if name.startswith(("_", "-"))] == []


def test_a_plug_in_is_one_more_name(install: Install) -> None:
    install("[readtheroom.reporters]\nteletype = demo_teletype\n", {"demo_teletype.py": "SPEED = 50\n"})
    assert registry.names("reporters") == tuple(sorted([*registry.own("reporters"), "teletype"]))
    assert registry.load("reporters", "teletype").SPEED == 50
    assert "teletype" not in registry.own("reporters")


def test_a_plug_in_may_live_in_a_package(install: Install) -> None:
    install("[readtheroom.kinds]\nrhyme = demo_pack.rhyme\n", {"demo_pack/__init__.py": "", "demo_pack/rhyme.py": ""})
    assert registry.load("kinds", "rhyme").__name__ == "demo_pack.rhyme"


@pytest.mark.parametrize("name", ["csb", "", "../text", "text.x", "_file", "hashtag_reading", "Text"])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        registry.load("reporters", name)
    assert str(caught.value) == f"no reporter is called {name!r}; known: {', '.join(registry.names('reporters'))}"


@pytest.mark.parametrize(
    ("module", "why"),
    [
        ("1 / 0\n", "cannot be imported: division by zero"),
        ("import demo_nowhere\n", "cannot be imported: No module named 'demo_nowhere'"),
    ],
)
def test_a_broken_plug_in_is_told_by_name(install: Install, module: str, why: str) -> None:
    install("[readtheroom.sources]\nferry = demo_ferry\n", {"demo_ferry.py": module})
    with pytest.raises(PluginError) as caught:
        registry.load("sources", "ferry")
    assert str(caught.value) == f"source 'ferry' (demo_ferry) {why}"


def test_a_plug_in_that_is_no_module(install: Install) -> None:
    install("[readtheroom.sources]\nferry = demo_ferry:Ferry\n", {"demo_ferry.py": "class Ferry: pass\n"})
    with pytest.raises(PluginError, match=r"^source 'ferry' \(demo_ferry:Ferry\) is no module$"):
        registry.load("sources", "ferry")


def test_a_plug_in_cannot_take_our_name(install: Install) -> None:
    install("[readtheroom.readers]\nmarkdown = demo_md\n", {"demo_md.py": ""})
    with pytest.raises(PluginError) as caught:
        registry.names("readers")
    assert str(caught.value) == "two readers are called 'markdown': remove one of the plug-ins (demo_md)"


def test_two_plug_ins_cannot_share_a_name(install: Install) -> None:
    install("[readtheroom.readers]\nodt = demo_one\n", {"demo_one.py": ""})
    install("[readtheroom.readers]\nodt = demo_two\n", {"demo_two.py": ""})
    with pytest.raises(PluginError) as caught:
        registry.load("readers", "odt")
    assert set(str(caught.value).partition("(")[2].rstrip(")").split(", ")) == {"demo_one", "demo_two"}


def test_our_own_names_ask_no_plug_in(install: Install) -> None:
    install("[readtheroom.readers]\nmarkdown = demo_md\n", {"demo_md.py": "1 / 0\n"})
    assert registry.load("readers", "markdown").__name__ == "readtheroom.readers.markdown"
