"""The page that says why: it holds what the publication holds, in words, for every customer and in both languages."""

import fcntl
import re
import string
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import StringIO

import duckdb
import pytest
from rich.cells import cell_len
from rich.console import Console

from bankmart.errors import BankmartError
from bankmart.explain_customer import MOST_REFERRALS, customer_page
from bankmart.explain_department import reward_page
from bankmart.explain_parts import PAGE_WIDTH
from bankmart.explain_words import LANGUAGES, TEXTS, Words
from conftest import Warehouse

OCTOBER = date(2026, 10, 1)
PLANTED = (
    *("000101", "000105", "000114", "000117", "000127", "000155", "000204", "000213", "000217", "000307", "000401"),
    *("000408", "000413", "000501", "000551", "000602", "000702", "000710"),
)
INTERPRETATION = ("interpretation (default; to be confirmed by the bank)", "解释口径（默认值，待银行确认）")


@pytest.fixture(scope="module")
def connection(demo_bank: Warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """What readers see of the demo bank."""
    publication = demo_bank.home / "published" / "current" / "bankmart.duckdb"
    with duckdb.connect(str(publication), read_only=True) as opened:
        yield opened


def written(connection, customer_id: str, month: date | None = None, language: str = "en") -> str:
    """The page as it goes into a file."""
    console = Console(file=StringIO(), width=PAGE_WIDTH, highlight=False)
    console.print(customer_page(connection, customer_id, month, language))
    return console.file.getvalue()


def unbroken(text: str) -> str:
    """Text without blanks, so that a value is found wherever its line broke."""
    return re.sub(r"\s+", "", text)


def rows_of(connection, mart: str, customer_id: str) -> list[dict]:
    """The rows of a mart about a customer in October."""
    query = f"from marts.{mart} where customer_id = ? and period_month = ?"
    cursor = connection.execute(query, [customer_id, OCTOBER])
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("customer_id", PLANTED)
def test_the_page_holds_what_the_publication_holds(connection, customer_id: str, language: str) -> None:
    codes = connection.execute(f"select code_set, code, name_{language} from marts.dim_codes").fetchall()
    names = {(code_set, code): name for code_set, code, name in codes} | {
        ("", "interpretation"): INTERPRETATION[language == "zh"]
    }
    (customer,) = connection.execute(
        "select customer_name from marts.dim_customers where customer_id = ?", [customer_id]
    ).fetchone()
    (months,) = rows_of(connection, "fct_customer_months", customer_id)
    (segment,) = rows_of(connection, "fct_customer_segments", customer_id)
    (profit,) = rows_of(connection, "fct_customer_profits", customer_id)
    tiers = rows_of(connection, "fct_customer_tiers", customer_id)
    terms = ("loan_transfer_amount", "deposit_transfer_amount", "profit_contribution_amount")
    expected = [f"{profit[term]:,.2f}" for term in (*terms, "profit_contribution_r12_amount")]
    expected += [customer, months["branch_id"], names["party_type", months["party_type"]], str(months["product_count"])]
    expected += [f"{value:,.2f}" for value in months.values() if isinstance(value, Decimal)]
    for code_set, column in (
        ("segment", "segment_code"),
        ("sub_segment", "sub_segment_code"),
        ("credit_status", "credit_status"),
    ):
        expected.append(names.get((code_set, segment[column]), ""))
    for row in (segment, *tiers):
        reference = row["approval_reference"] or ""
        expected += [str(row["rule_effective_from"] or ""), names.get(("", reference), reference)]
    for row in rows_of(connection, "fct_customer_values", customer_id):
        expected += [names[code_set, row[f"{code_set}_code"]] for code_set in ("value_group", "customer_class")]
        expected += [f"{row[column]:,.2f}" for column in ("profit_contribution_r12_amount", "bank_value_score")]
    components = connection.execute(
        "select component_code, weighted_points from marts.fct_score_components "
        "where subject_type = 'customer' and subject_id = ? and period_month = ?",
        [customer_id, OCTOBER],
    ).fetchall()
    expected += [names["score_component", code] for code, _ in components]
    expected += [f"{weighted_points:,.2f}" for _, weighted_points in components]
    code_sets = {"tier_scheme": "scheme_code", "tier": "tier_code", "unrated_reason": "unrated_reason"}
    for row in tiers:
        expected += [names[code_set, row[column]] for code_set, column in code_sets.items() if row[column]]
        code = row["metric_code"] or "_mark"
        if code.endswith("_mark"):
            continue
        expected += [names["metric", code], names["population", row["population_code"]]]
        pattern = "{:,.0f}" if code in ("employees", "admin_level_rank") else "{:,.2f}"
        evidence = ("metric_value", "lower_bound", "upper_bound", "amount_to_next_tier")
        expected += [pattern.format(row[column]) for column in evidence if row[column] is not None]
    shown = unbroken(written(connection, customer_id, OCTOBER, language))
    assert [text for text in expected if unbroken(text) not in shown] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_customer_has_a_page_in_words_that_fits(connection, language: str) -> None:
    """The bug it looks for: a code, a placeholder or an empty value that reaches the reader, or a line too wide."""
    customers = connection.execute("select customer_id from marts.dim_customers order by 1").fetchall()
    assert len(customers) > 300
    leaks = []
    for (customer_id,) in customers:
        text = written(connection, customer_id, OCTOBER, language)
        leaks += [
            (customer_id, leak) for leak in re.findall(r"\w*[a-z]_[a-z]\w*|[{}]|\bNone\b|\bmissing_value\b", text)
        ]
        leaks += [(customer_id, line) for line in text.splitlines() if cell_len(line) > PAGE_WIDTH]
        if language == "zh":
            # regions and ids are the bank's own codes
            latin = re.findall(r"[A-Za-z]{2,}", re.sub(r"GB/T|\b(east|north|west)\b", "", text))
            leaks += [(customer_id, word) for word in latin]
    assert leaks == []


@pytest.mark.parametrize(
    ("customer_id", "language", "lines"),
    [
        ("000105", "en", ["0.01 short of Large, by Total assets", "0.01 short of Large, by Annual revenue"]),
        ("000105", "zh", ["按资产总额，距大型还差0.01", "资产总额：599,999,999.99（约6亿）"]),
        (
            "000106",
            "en",
            ["Total assets: 30,000,000,000.00", "30,000,000,000.00 or more", "nothing, this is the best tier"],
        ),
        ("000106", "zh", ["资产总额：30,000,000,000.00（300亿）", "已是最高档"]),
        (
            "000111",
            "en",
            ["Margin over the small-enterprise limits: 0.00 (revenue or assets)", "0.01 short of Medium"],
        ),
        ("000142", "en", ["Employees: 999 ", "from 300 to below 1,000 ", "1 short of Large, by Employees"]),
        ("000117", "en", ["Enterprise size: Unrated, No financial statement", "deliver an annual financial statement"]),
        ("000117", "zh", ["企业规模：未评定，无财务报表", "补充年度财务报表"]),
        ("000155", "en", ["Unrated, Industry not covered", "no ladder for this industry"]),
        ("000404", "en", ["Administrative level: rank 4", "from rank 3 to below rank 5", "Large from rank 5"]),
        ("000209", "en", ["199,999,999.99", "0.01 short of Class 1, by Deposit balance"]),
        ("000213", "en", ["yes, by a valid credit line", "Credit line: 200,000,000.00"]),
        (
            "000307",
            "en",
            [
                "Emerging company with loans, Internet",
                "company with loans and an emerging-industry tag (rule 6, first match)",
            ],
        ),
        (
            "000602",
            "en",
            [
                "G01, Member of the group, parent 000601 岚江能源集团有限公司",
                "Strategic customer (its own, or of the parent of its group)",
            ],
        ),
        ("000602", "zh", ["G01，集团成员，母公司000601 岚江能源集团有限公司", "战略客户标记（自身或集团母公司）"]),
        ("000621", "en", ["listed"]),
        ("000501", "en", ["000501  方**", "No tier scheme applies to this segment.", "No tier changed."]),
        ("000601", "en", ["Value group: Important", "Customer class: Strategic base", "Bank value 70.92: high"]),
        ("000105", "zh", ["价值分组：重要客户", "合作紧密度72.10：高"]),
        ("000501", "zh", ["仅对公司和机构客户评定。"]),
        ("000501", "zh", ["000501  方**", "该分类不适用任何分层方案。", "无分层变动。"]),
    ],
)
def test_a_planted_customer_reads_as_planted(connection, customer_id: str, language: str, lines: list[str]) -> None:
    text = written(connection, customer_id, OCTOBER, language)
    assert [line for line in lines if line not in text] == []


@pytest.mark.parametrize(
    ("customer_id", "month", "lines"),
    [
        ("000204", "2026-08", ["2026-08", "Deposit scale", "Below scale → Above scale (upgraded)"]),
        ("000102", "2026-07", ["2026-07  Scale of traditional credit companies: Strategic → Medium (downgraded)"]),
        ("000118", "2026-10", ["2026-01  Enterprise size: Large → Unrated, Statement too old (became unrated)"]),
        (
            "000127",
            "2026-10",
            ["2026-05  Scale of traditional credit companies: Medium → – (left)", "– → Medium (entered)"],
        ),
        ("000212", "2026-10", ["Class 1 → Class 2 (downgraded), value", "Class 2 → Class 1 (upgraded), value"]),
    ],
)
def test_tier_changes_are_told_line_by_line(connection, customer_id: str, month: str, lines: list[str]) -> None:
    text = written(connection, customer_id, date.fromisoformat(f"{month}-01"))
    assert [line for line in lines if line not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_shows_its_values_for_twelve_months_and_no_longer(connection, language: str) -> None:
    changed = connection.execute(
        "select customer_id, previous_metric_value, metric_value from marts.fct_customer_tier_changes "
        "where scheme_code = 'no_credit_deposit_scale' and change_type = 'upgraded' and period_month = '2025-10-01' "
        "order by customer_id limit 5"
    ).fetchall()
    assert changed
    for customer_id, before, after in changed:
        last = unbroken(written(connection, customer_id, date(2026, 9, 1), language))
        assert [text for text in ("2025-10", f"{before:,.2f}", f"{after:,.2f}") if text not in last] == []
        assert "2025-10 " not in written(connection, customer_id, OCTOBER, language)


def test_an_older_month_says_what_is_newer_than_it(connection) -> None:
    text = written(connection, "000702", date(2026, 9, 1))
    assert "balances up to 2026-09-30" in text
    assert "Party type               Company" in text
    assert "rest: of 2026-10-31" in text
    assert "rest: of" not in written(connection, "000702")


def test_the_referrals_of_a_customer_stand_on_its_page(connection) -> None:
    rows = connection.execute(
        "select *, count(*) over (partition by customer_id) as referral_count from ("
        "select unnest([source_customer_id, buyer_customer_id]) as customer_id, referral_id, points "
        f"from marts.fct_referrals) where customer_id is not null qualify referral_count <= {MOST_REFERRALS}"
    ).fetchall()
    assert len(rows) > 50
    for customer_id, referral_id, points, _ in rows:
        text = written(connection, customer_id, OCTOBER)
        assert re.search(rf"{referral_id} .* {points:,.2f} ", text), (customer_id, referral_id)


@pytest.mark.parametrize(
    ("customer_id", "month", "present", "absent"),
    [
        ("000119", "2026-10", ["R00017", "0.00  Objection upheld"], ["Disputed"]),
        ("000212", "2026-10", ["R00022", "10.50  Earning, Disputed"], []),
        ("000208", "2026-10", ["R00042", "R00024", "财富管理部 with 公司业务部"], []),
        ("000208", "2026-09", ["R00024"], ["R00042"]),
        ("000203", "2026-10", ["No referral names this customer."], []),
    ],
)
def test_a_referral_says_how_far_it_has_come(
    connection, customer_id: str, month: str, present: list[str], absent: list[str]
) -> None:
    text = written(connection, customer_id, date.fromisoformat(f"{month}-01"))
    assert [line for line in present if line not in text] + [line for line in absent if line in text] == []


def reward_written(connection, department_id: str, language: str) -> str:
    """The page of a department of 2026 as it goes into a file."""
    console = Console(file=StringIO(), width=PAGE_WIDTH, highlight=False)
    console.print(reward_page(connection, department_id, 2026, language))
    return console.file.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_reward_leads_back_to_every_entry(connection, language: str) -> None:
    """Every department: reward, pool, divisor, points by product, and each entry of the ledger with its points."""
    names = dict(
        connection.execute(
            f"select code, name_{language} from marts.dim_codes where code_set = 'counting_status'"
        ).fetchall()
    )
    rewards = connection.execute(
        "select department_id, counted_points, reward_amount, sum(reward_amount) over (), "
        "sum(counted_points) filter (counted_points > 0) over () "
        "from marts.fct_department_rewards where assessment_year = 2026"
    ).fetchall()
    assert len(rewards) > 8
    for department_id, *figures in rewards:
        text = reward_written(connection, department_id, language)
        assert [line for line in text.splitlines() if cell_len(line) > PAGE_WIDTH] == []
        assert re.findall(r"[a-z]_[a-z]|[{}]|\bNone\b", text) == []
        assert [figure for figure in figures if f"{figure:,.2f}" not in text] == []
        products = connection.execute(
            "select counting_status, points, entry_count from marts.fct_department_points "
            "where department_id = ? and assessment_year = 2026",
            [department_id],
        ).fetchall()
        for status, points, count in products:
            assert re.search(rf" {points:,.2f} +{count}  {names[status]}", text), (department_id, status)
        entries = connection.execute(
            "select referral_id, points, strftime(posted_month, '%Y-%m') from marts.fct_point_ledger "
            "where department_id = ? and year(posted_month) = 2026",
            [department_id],
        ).fetchall()
        for referral_id, points, month in entries:
            assert re.search(rf"{referral_id} +{month} .* {points:,.2f} ", text), (department_id, referral_id)
        earned, _, never_earned = text.partition(TEXTS["referrals_without_entries"][LANGUAGES.index(language)])
        assert len(re.findall(r"^R\d{5} ", earned, re.MULTILINE)) == len(entries)
        assert {entry[0] for entry in entries}.isdisjoint(re.findall(r"^R\d{5} ", never_earned, re.MULTILINE))


def test_a_reward_says_what_did_not_count_and_why(connection) -> None:
    text = unbroken(reward_written(connection, "D_RE", "en"))
    for line in (
        "Below the mortgage floor, PJ02: 59.0000%, floor 60.0000%",
        "No project record",
        "Below half of target, 19.00 of 40.00 sold, 47.50%",
        "provisional until the year's last month is confirmed",
    ):
        assert unbroken(line) in text


def test_a_reward_names_the_referrals_that_never_earned(connection) -> None:
    page = reward_written(connection, "D_CARD", "en")
    assert re.search(r"R00096 +Credit card +2026-10-14 +Not across lines", page)
    assert "never earned" not in reward_written(connection, "D_RE", "en")


def test_the_command_shows_the_page_of_a_reward(demo_bank: Warehouse, connection) -> None:
    result = demo_bank.command("explain", "--department", "D_WM", "--year", "2026", "--lang", "zh")
    assert result.returncode == 0, result.stderr
    assert result.stdout == reward_written(connection, "D_WM", "zh")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.00", "0.00"),
        ("99999.99", "99,999.99"),
        ("100000.00", "100,000.00（10万）"),
        ("480000.00", "480,000.00（48万）"),
        ("512345.67", "512,345.67（约51.23万）"),
        ("99999999.99", "99,999,999.99（约10,000万）"),
        ("100000000.00", "100,000,000.00（1亿）"),
        ("299999999.99", "299,999,999.99（约3亿）"),
        ("-320000.00", "-320,000.00（-32万）"),
        ("9999999999999999.99", "9,999,999,999,999,999.99（约100,000,000亿）"),
    ],
)
def test_chinese_amounts_say_wan_and_yi(value: str, shown: str) -> None:
    assert Words("zh", {}).amount(Decimal(value)) == shown
    assert Words("en", {}).amount(Decimal(value)) == shown.partition("（")[0]


def test_every_text_says_the_same_in_both_languages() -> None:
    """The bug it looks for: a value that one language leaves out, or a text left untranslated."""
    for key, texts in TEXTS.items():
        fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in texts]
        assert fields[0] == fields[1], key
        assert texts[0] != texts[1], key
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", texts[0]), key
        assert not re.search(r"[a-z]{2,}", re.sub(r"{\w+}", "", texts[1])), key


def test_the_command_shows_the_page_while_a_run_holds_the_lock(demo_bank: Warehouse, connection) -> None:
    with (demo_bank.home / "lock").open("a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        result = demo_bank.command("explain", "000105", "--month", "2026-09", "--lang", "zh")
    assert result.returncode == 0, result.stderr
    assert result.stdout == written(connection, "000105", date(2026, 9, 1), "zh")
    assert demo_bank.command("explain", "000105").stdout == written(connection, "000105", OCTOBER)


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["000999"], 1, ["customer '000999': not published", "leading zeros count"]),
        (["101"], 1, ["did you mean 000101?"]),
        (["0000101"], 1, ["did you mean 000101?"]),
        ([" 000 101\u3000"], 1, ["did you mean 000101?"]),
        (["'; drop table x"], 1, ["not published"]),
        (["000105", "--month", "2020-01"], 1, ["--month 2020-01: customer 000105 has the months 2025-08 to 2026-10"]),
        (["000244", "--month", "2026-01"], 1, ["has the months 2026-07 to 2026-10"]),
        (["000105", "--month", "October"], 2, ["--month October", "such as 2026-10"]),
        (["000105", "--month", "2026-13"], 2, ["--month 2026-13"]),
        (["000105", "--lang", "fr"], 2, ["--lang fr: give en or zh"]),
        (
            ["--department", "D_XX", "--year", "2026"],
            1,
            ["department 'D_XX': not published; give one of D_CARD, D_CORP"],
        ),
        (["--department", "D_FIN", "--year", "2026"], 1, ["department D_FIN: it has no points in any year"]),
        (["--department", "D_WM", "--year", "2025"], 1, ["--year 2025: department D_WM has points in 2026"]),
        (["--department", "D_WM"], 2, ["--department with --year"]),
        (["000105", "--department", "D_WM", "--year", "2026"], 2, ["give a CUSTOMER_ID"]),
        ([], 2, ["give a CUSTOMER_ID"]),
        (["--department", "D_WM", "--year", "2026", "--lang", "fr"], 2, ["--lang fr: give en or zh"]),
    ],
)
def test_wrong_use_is_answered_in_one_line(
    demo_bank: Warehouse, arguments: list[str], status: int, words: list[str]
) -> None:
    result = demo_bank.command("explain", *arguments)
    assert (result.returncode, result.stdout) == (status, "")
    assert len(result.stderr.strip().splitlines()) == 1
    assert [word for word in words if word not in result.stderr] == []


def test_without_a_publication_the_answer_is_to_run_first(new_warehouse) -> None:
    result = new_warehouse().command("explain", "000105")
    assert result.returncode == 1
    assert "nothing is published yet; run bankmart run first" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_ids_that_differ_in_leading_zeros_are_offered_up_to_three() -> None:
    """Of a publication with many alike, and a customer without any month."""
    with duckdb.connect() as small:
        small.execute("create schema marts")
        small.execute("create table marts.fct_customer_months (customer_id varchar, period_month date)")
        small.execute("create table marts.dim_customers (customer_id varchar)")
        small.execute("insert into marts.dim_customers values ('7'), ('07'), ('007'), ('0007'), ('8')")
        with pytest.raises(BankmartError, match=r"did you mean 0007 or 007 or 07\?$"):
            customer_page(small, "00007")
        with pytest.raises(BankmartError, match="customer 8: known, but without any month yet"):
            customer_page(small, "8")
