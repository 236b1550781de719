"""The dashboard as its readers see it: a real browser on the served board and on the page for mail."""

import csv
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import pytest
import yaml

from bankmart.dashboard import FOLDER, LANGUAGES, SECTIONS, board, texts
from bankmart.settings import Settings
from conftest import PROJECT, Warehouse

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
NEEDS_BROWSER = pytest.mark.skipif(
    BROWSER is None, reason="no chromium on this machine: apt-get install chromium, or any package of Google Chrome"
)
# milliseconds; a board is drawn in a few seconds, on a busy machine in many
TIMEOUT = 180_000
CORPORATE = "segments.market_type in ('company', 'institution')"


@pytest.fixture(scope="module")
def browser():
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield opened
        opened.close()


@dataclass(frozen=True)
class Server:
    """A served dashboard."""

    address: str
    process: subprocess.Popen


def serving(home: Path, folder: Path) -> Iterator[Server]:
    """`bankmart dashboard` on a home directory, until the test has seen enough."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bankmart", "dashboard", "--port", str(port)]
    environment = {**os.environ, "BANKMART_HOME": str(home), "TMPDIR": str(folder)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    server = Server(f"http://127.0.0.1:{port}", process)
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{server.address}/health").close()
            break
        except OSError:
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.25)
    try:
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    assert [path.name for path in folder.iterdir()] == ["log"], "a stopped dashboard leaves its boards behind"


@pytest.fixture(scope="module")
def served(demo_bank: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The dashboard of the demo bank."""
    yield from serving(demo_bank.home, tmp_path_factory.mktemp("served"))


@pytest.fixture
def opened(browser, served: Server) -> Iterator[Callable]:
    """Opens the board in a language with filters set."""
    page = browser.new_page(viewport={"width": 1320, "height": 1000})
    page.set_default_timeout(TIMEOUT)

    def open_board(language: str = "en", **filters: str):
        page.goto(f"{served.address}/{language}/?{urlencode(filters)}")
        return page

    yield open_board
    page.close()


def shown(page, chart: str) -> list[str]:
    """The texts of a chart, in the order in which they are drawn."""
    found = page.locator(f"[data-chart-id='{chart}'] text").all_text_contents()
    return [" ".join(text.split()) for text in found if text.strip()]


def short(value: Decimal | None, language: str) -> str:
    """An amount as a reader of the language writes it."""
    units = {"zh": [(10**8, 2, "亿"), (10**4, 1, "万")], "en": [(10**9, 2, "bn"), (10**6, 1, "m"), (10**3, 0, "k")]}
    for size, digits, unit in units[language]:
        if round(abs(value) / size, digits) >= 1:
            return f"{value / size:,.{digits}f}{unit}".replace("-", "−")
    return f"{value:,.0f}".replace("-", "−")


def branches_below(branch: str) -> str:
    """The condition that a customer's branch is a branch or stands below it."""
    inside = f"'{branch}' in (branch_id, parent_branch_id, tier1_branch_id, tier2_branch_id)"
    return f"months.branch_id in (select branch_id from marts.dim_branches where {inside})"


def expected(demo_bank: Warehouse, month: str, condition: str) -> tuple:
    """Customers, balances and contribution of the customers that a condition leaves."""
    (row,) = demo_bank.published_rows(f"""
        select
            count(*), coalesce(sum(deposit_balance), 0), coalesce(sum(loan_balance), 0),
            coalesce(sum(profit_contribution_amount), 0), coalesce(sum(profit_contribution_r12_amount), 0)
        from marts.fct_customer_months as months
        inner join marts.fct_customer_segments as segments using (customer_id, period_month)
        inner join marts.fct_customer_profits using (customer_id, period_month)
        where period_month = '{month}' and {condition}
    """)
    return row


EAST_BRANCH = f"{CORPORATE} and months.region_code = 'east' and {branches_below('01000')}"
SELECTIONS = [
    ("en", {}, "2026-10-01", CORPORATE),
    ("zh", {"month": "2026-03"}, "2026-03-01", CORPORATE),
    ("zh", {"month": "2025-12", "region": "east", "branch": "01000"}, "2025-12-01", EAST_BRANCH),
    ("en", {"market": "retail"}, "2026-10-01", "segments.market_type = 'retail'"),
    ("zh", {"market": "all"}, "2026-10-01", "true"),
    # the first month of the warehouse has none to compare with
    ("en", {"month": "2025-08"}, "2025-08-01", CORPORATE),
    # an outlet has no customers of its own: empty, and not broken
    ("en", {"branch": "01111"}, "2026-10-01", "false"),
]


def written_filters(demo_bank: Warehouse, language: str, filters: dict[str, str]) -> dict[str, str]:
    """Filters as the lists of the board name them."""
    names = dict(filters)
    if "month" in filters:
        month = f"{filters['month']}-01"
        ((names["month"],),) = demo_bank.published_rows(
            f"select name_{language} from marts.dim_months where period_month = '{month}'"
        )
    if "branch" in filters:
        ((names["branch"],),) = demo_bank.published_rows(
            f"select branch_id || ' ' || branch_name from marts.dim_branches where branch_id = '{filters['branch']}'"
        )
    if filters.get("market") == "all":
        names["market"] = ""
    elif "market" in filters:
        codes = f"select code, name_{language} from marts.dim_codes where code_set = 'market_type'"
        names["market"] = dict(demo_bank.published_rows(codes))[filters["market"]]
    return names


@NEEDS_BROWSER
@pytest.mark.parametrize(("language", "filters", "month", "condition"), SELECTIONS)
def test_the_headline_is_what_sql_says_under_every_filter(
    demo_bank: Warehouse, opened, language: str, filters: dict[str, str], month: str, condition: str
) -> None:
    page = opened(language, **written_filters(demo_bank, language, filters))
    customers, deposits, loans, profit_month, profit = expected(demo_bank, month, condition)
    assert shown(page, "customers")[0] == f"{customers:,}"
    assert shown(page, "deposits")[0] == short(deposits, language)
    assert shown(page, "loans")[0] == short(loans, language)
    assert shown(page, "profit_month")[0] == short(profit_month, language)
    assert shown(page, "profit")[0] == short(profit, language)
    # the waterfall ends where the headline says
    assert short(profit, language) in shown(page, "waterfall")
    assert "ERR-" not in page.content()


@NEEDS_BROWSER
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_shows_the_rows_of_its_mart(demo_bank: Warehouse, opened, language: str) -> None:
    page = opened(language)
    codes = demo_bank.published_rows(f"select code_set, code, name_{language} from marts.dim_codes")
    names = {(code_set, code): name for code_set, code, name in codes}
    unit = 10**4 if language == "zh" else 10**6
    segments = demo_bank.published_rows(f"""
        select segment_code, count(*), sum(deposit_balance)
        from marts.fct_customer_segments as segments
        inner join marts.fct_customer_months using (customer_id, period_month)
        where period_month = '2026-10-01' and {CORPORATE}
        group by segment_code
    """)
    assert len(segments) > 4
    for code, customers, deposits in segments:
        at = shown(page, "segments").index(names["segment", code])
        assert shown(page, "segments")[at + 1 : at + 3] == [str(customers), f"{deposits / unit:,.1f}"]
    values = demo_bank.published_rows("""
        select value_group_code, count(*), sum(profit_contribution_r12_amount) from marts.fct_customer_values
        where period_month = '2026-10-01' group by value_group_code
    """)
    assert len(values) == 4
    for code, customers, profit in values:
        at = shown(page, "value_matrix").index(names["value_group", code])
        assert shown(page, "value_matrix")[at + 1] == str(customers)
        assert shown(page, "value_matrix")[at + 3].endswith(" " + short(profit, language))
    moves = demo_bank.published_rows(f"""
        with tiers as (select * from marts.fct_customer_tiers where scheme_code = 'enterprise_size'),
        before as (select * from tiers where period_month = '2026-09-01'),
        now as (select * from tiers where period_month = '2026-10-01')
        select count(*)
        from before
        full join now using (customer_id)
        inner join marts.fct_customer_segments as segments using (customer_id)
        where segments.period_month = '2026-10-01' and {CORPORATE}
        group by before.status, before.tier_code, now.status, now.tier_code
    """)
    drawn = [int(text) for text in shown(page, "migration") if text.isdigit()]
    assert sorted(drawn) == sorted(count for (count,) in moves)
    rewards = demo_bank.published_rows("""
        select department_name, counted_points, round(reward_amount) from marts.fct_department_rewards
        inner join marts.dim_departments using (department_id)
    """)
    for department, points, reward in rewards:
        at = shown(page, "rewards").index(department)
        row = shown(page, "rewards")[at : at + 5]
        assert (row[2], row[4]) == (f"{points:,.2f}", f"{reward:,.0f}")
    statuses = demo_bank.published_rows(
        "select distinct counting_status from marts.fct_department_points where points <> 0"
    )
    assert {names["counting_status", code] for (code,) in statuses} <= set(shown(page, "point_bars"))
    read, quarantined = demo_bank.published_rows("""
        select sum(rows_read), sum(rows_quarantined) from quality.extract_reconciliation where batch_date = '2026-10-31'
    """)[0]
    assert (shown(page, "rows_read")[0], shown(page, "rows_quarantined")[0]) == (str(read), str(quarantined))


@NEEDS_BROWSER
def test_a_click_on_a_filter_changes_the_numbers(demo_bank: Warehouse, opened) -> None:
    page = opened("zh")
    before = shown(page, "deposits")[0]
    page.locator("[data-dbt-variable='region']").click()
    page.locator("[role='option'][data-value='north']").click()
    changed = "before => !document.querySelector(\"[data-chart-id='deposits']\")?.textContent.includes(before)"
    page.wait_for_function(changed, arg=before)
    page.wait_for_selector("[data-chart-id='deposits'] text")
    _, deposits, *_ = expected(demo_bank, "2026-10-01", f"{CORPORATE} and months.region_code = 'north'")
    assert shown(page, "deposits")[0] == short(deposits, "zh") != before


@NEEDS_BROWSER
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_mail_needs_no_network(demo_bank: Warehouse, browser, language: str, tmp_path: Path) -> None:
    file = tmp_path / "board.html"
    result = demo_bank.command(
        "dashboard", "--export", file, "--lang", language, "--month", "2026-09", "--branch", "03000"
    )
    assert (result.returncode, result.stdout.strip()) == (0, f"wrote {file}"), result.stderr
    context = browser.new_context(offline=True)
    page = context.new_page()
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(file.as_uri())
    customers, deposits, *_ = expected(demo_bank, "2026-09-01", f"{CORPORATE} and {branches_below('03000')}")
    assert (shown(page, "customers")[0], shown(page, "deposits")[0]) == (f"{customers:,}", short(deposits, language))
    assert page.locator("[data-chart-id='waterfall'] path").count() > 6
    assert [url for url in requested if not url.startswith(("file:", "data:", "blob:"))] == []
    context.close()


@NEEDS_BROWSER
def test_a_new_publication_is_seen_without_a_restart(demo_bank: Warehouse, browser, tmp_path: Path) -> None:
    """The bug it looks for: a server that keeps the file it opened first, or numbers that it drew before."""
    home, folder = tmp_path / "home", tmp_path / "served"
    folder.mkdir()
    for version in ("1", "2"):
        (home / "published" / version).mkdir(parents=True)
        shutil.copy(demo_bank.home / "published" / "current" / "bankmart.duckdb", home / "published" / version)
    changed = home / "published" / "2" / "bankmart.duckdb"
    changed.chmod(0o644)
    with duckdb.connect(str(changed)) as connection:
        connection.execute("update marts.fct_customer_months set deposit_balance = 0")
    current = home / "published" / "current"
    current.symlink_to("1")
    for server in serving(home, folder):
        page = browser.new_page()
        page.set_default_timeout(TIMEOUT)
        page.goto(f"{server.address}/en/")
        assert shown(page, "deposits")[0] != "0"
        (home / "published" / ".current").symlink_to("2")
        (home / "published" / ".current").replace(current)
        page.goto(f"{server.address}/en/")
        assert shown(page, "deposits")[0] == "0"
        page.close()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--export", "x.html", "--lang", "fr"], 2, ["--lang fr: give en or zh"]),
        (["--export", "x.html", "--region", "moon"], 2, ["--region moon: give one of east, north, west"]),
        (["--export", "x.html", "--month", "2020-01"], 2, ["--month 2020-01: give one of newest, 2026-10"]),
        (["--region", "east"], 2, ["--region is for --export"]),
    ],
)
def test_wrong_use_is_answered_in_one_line(
    demo_bank: Warehouse, arguments: list[str], status: int, words: list[str], tmp_path: Path
) -> None:
    result = demo_bank.command("dashboard", *arguments)
    assert (result.returncode, result.stdout) == (status, "")
    assert len(result.stderr.strip().splitlines()) == 1
    assert [word for word in words if word not in result.stderr] == []


def test_without_a_publication_the_answer_is_to_run_first(new_warehouse) -> None:
    result = new_warehouse().command("dashboard")
    assert (result.returncode, result.stdout) == (1, "")
    assert "nothing is published yet; run bankmart run first" in result.stderr


def test_a_taken_port_is_said(demo_bank: Warehouse) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = demo_bank.command("dashboard", "--port", port)
    assert (result.returncode, result.stdout) == (1, "")
    assert f"--port {port}: Address already in use" in result.stderr


def test_every_word_is_said_in_both_languages_and_used() -> None:
    with (FOLDER / "texts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    settings_of_the_language = {"locale", "font", "unit", "unit_decimals", "small_unit"}
    files = "".join((FOLDER / f"{name}.yml").read_text(encoding="utf-8") for name in ("board", *SECTIONS))
    keys = [row["key"] for row in rows]
    assert len(set(keys)) == len(keys)
    assert [key for key in keys if f"${{{key}}}" not in files] == []
    for row in rows:
        if row["key"] in settings_of_the_language:
            continue
        assert not re.search(r"[\u3000-\u9fff]", row["en"].replace("\u3000", "")), row
        assert not re.search(r"[A-Za-z]", row["zh"].replace("RAROC", "")), row


def test_boards_differ_in_words_alone(demo_bank: Warehouse) -> None:
    """The bug it looks for: a word in the YAML that no language can change, or a word that nobody wrote down."""
    settings = Settings.resolve(None, demo_bank.home)
    english, chinese = (board(settings, language) for language in LANGUAGES)
    assert english["charts"].keys() == chinese["charts"].keys()
    for name, chart in english["charts"].items():
        for key in ("title", "subtitle", "label"):
            assert key not in chart or chart[key] != chinese["charts"][name][key], (name, key)
    assert texts("en").keys() == texts("zh").keys()
    assert set(SECTIONS) == {path.stem for path in FOLDER.glob("*.yml")} - {"board"}


def test_the_exposure_names_what_the_board_reads() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yml"))
    # written by the publication itself, and so no model
    read = set(re.findall(r"\b(?:marts|quality)\.(\w+)", text)) - {"publications"}
    exposures = yaml.safe_load((PROJECT / "models" / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
    (dashboard,) = (exposure for exposure in exposures if exposure["name"] == "dashboard")
    assert read == {re.fullmatch(r"ref\('(\w+)'\)", name).group(1) for name in dashboard["depends_on"]}
