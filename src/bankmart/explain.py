"""Why a customer stands where it stands: one page for relationship managers, from the published file alone.

A section is a function from a connection and a subject to what stands on the page; SECTIONS lists them in order. Every
word of the page stands in TEXTS or is a name of `marts.dim_codes`, in both languages.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

import duckdb
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bankmart.errors import BankmartError, ExitCode
from bankmart.settings import Settings

LANGUAGES = ("en", "zh")
PAGE_WIDTH = 100
LABEL_WIDTH = 23
# from here on a Chinese reader wants the figure in 万 or 亿 too
LARGE_AMOUNT = 100_000

TEXTS = {
    "comma": (", ", "，"),
    "colon": (": ", "："),
    "month": ("Month", "月份"),
    "month_value": ("{month}, balances up to {end}", "{month}，余额截至{end}"),
    "party": ("Party type", "客户类型"),
    "industry": ("Industry", "行业"),
    "industry_code": ("{code} of GB/T 4754-2017", "国标GB/T 4754-2017代码{code}"),
    "region": ("Region", "区域"),
    "branch": ("Branch", "管户机构"),
    "manager": ("Relationship manager", "客户经理"),
    "group": ("Group", "所属集团"),
    "parent": ("parent {id} {name}", "母公司{id} {name}"),
    "status": ("Status", "状态"),
    "opened": ("customer since {day}", "{day}开户"),
    "founded": ("founded {day}", "{day}成立"),
    "is_listed": ("listed", "上市公司"),
    "as_known": ("Party type, branch, region: of the month; rest: of {day}.", "类型、机构、区域为当月，其余为{day}。"),
    "none": ("none", "无"),
    "unknown": ("not known", "未知"),
    "balances": ("Balances and products", "余额与产品"),
    "deposit": ("Deposits (yuan)", "存款（元）"),
    "loan": ("Loans (yuan)", "贷款（元）"),
    "balance": ("On {end}", "{end}余额"),
    "average_balance": ("Average of month", "月日均"),
    "average_balance_ytd": ("Average of year to date", "年日均"),
    "average_balance_r12": ("Average of 12 months", "近十二个月日均"),
    "credit_line": ("Credit lines", "授信额度"),
    "credit_customer": ("Credit customer", "信用客户"),
    "by_loan": ("yes, by a loan balance", "是，有贷款余额"),
    "by_line": ("yes, by a valid credit line", "是，有有效授信额度"),
    "by_nothing": ("no, neither a loan balance nor a valid credit line", "否，既无贷款余额也无有效授信额度"),
    "fees": ("Net fees of month", "当月手续费净收入"),
    "products": ("Products", "产品"),
    "products_value": ("{products} in use, open accounts: {accounts}", "在用产品{products}个，未销户账户{accounts}个"),
    "segment": ("Segment", "客户分类"),
    "credit_status": ("Credit status", "信贷状态"),
    "because": ("Because", "判定依据"),
    "because_value": ("{reason} (rule {number}, first match)", "{reason}（规则{number}，依次首条匹配）"),
    "rule_1_individual": ("it is an individual", "客户为个人"),
    "rule_2_retail_managed": ("it is a sole trader, which the retail line manages", "个体工商户，由零售条线管理"),
    "rule_3_credit_institution": ("it counts as an institution and has a loan balance", "属机构客户，有贷款余额"),
    "rule_4_no_credit_institution": ("it counts as an institution without a loan balance", "属机构客户，无贷款余额"),
    "rule_5_no_credit_company": ("it is a company without a loan balance", "属公司客户，无贷款余额"),
    "rule_6_credit_emerging_company": ("company with loans and an emerging-industry tag", "有贷公司，有新兴行业标签"),
    "rule_7_credit_real_estate_company": ("company with loans, in real estate", "有贷公司，属房地产行业"),
    "rule_8_credit_emerging_company": ("company with loans, in an emerging industry", "有贷公司，属新兴行业"),
    "rule_9_credit_traditional_company": ("company with loans that fits no earlier rule", "有贷公司，不符合前面各条"),
    "rule_other": ("the bank's own rule leads here", "按本行自定规则"),
    "rule": ("Rule", "规则"),
    "since": ("since {day}", "{day}起施行"),
    "one_region": ("region {region}", "适用区域：{region}"),
    "every_region": ("all regions", "全部区域"),
    "approved": ("Approved by", "批准依据"),
    "interpretation": ("interpretation (default; to be confirmed by the bank)", "解释口径（默认值，待银行确认）"),
    "tiers": ("Tiers and why (amounts in yuan)", "分层及原因（金额单位：元）"),
    "no_tiers": ("No tier scheme applies to this segment.", "该分类不适用任何分层方案。"),
    "tier_value": ("{tier} (level {rank}, 1 is best)", "{tier}（第{rank}档，第1档最高）"),
    "judged": ("Judged by", "评定指标"),
    "no_mark": ("no mark of a better level", "没有更高档要求的标记"),
    "why_strategic_mark": (" (its own, or of the parent of its group)", "（自身或集团母公司）"),
    "why_small_enterprise_margin": (" (revenue or assets)", "（收入与资产取低者）"),
    "employees": ("{value}", "{value}人"),
    "admin_level_rank": ("rank {value}", "{value}级"),
    "within": ("Bounds", "所在区间"),
    "lower_upper": ("from {lower} to below {upper}", "{lower}起，低于{upper}"),
    "lower": ("{lower} or more", "{lower}及以上"),
    "upper": ("below {upper}", "低于{upper}"),
    "next": ("To the next tier", "距上一档"),
    "top": ("nothing, this is the best tier", "已是最高档"),
    "next_amount": ("{amount} short of {tier}, by {metrics}", "按{metrics}，距{tier}还差{amount}"),
    "next_bound": ("{tier} from {bound}", "{bound}起为{tier}"),
    "next_marks": ("{tier} needs e.g. {metrics}", "{tier}须有如{metrics}"),
    "next_other": ("no amount leads there", "与金额无关"),
    "better": ("the next tier", "上一档"),
    "other_metric": ("another metric", "其他指标"),
    "or": (" or ", "或"),
    "remedy": ("To be rated", "如何评定"),
    "no_statement": ("deliver an annual financial statement", "补充年度财务报表"),
    "statement_too_old": ("deliver a newer annual financial statement", "补充较新的年度财务报表"),
    "missing_value": ("complete the missing figure", "补充缺少的数据"),
    "no_admin_level": ("record the administrative level", "登记行政级别"),
    "industry_not_covered": ("no ladder for this industry; check that it is right", "方案不含该行业，请核对"),
    "changes": ("Tier changes of the last twelve months", "近十二个月分层变动"),
    "change": ("{scheme}: {before} → {after} ({change})", "{scheme}：{before} → {after}（{change}）"),
    "no_changes": ("No tier changed.", "无分层变动。"),
    "values": (", value {before} → {after}", "，数值 {before} → {after}"),
    "now_by": (", now by {metric}", "，现按{metric}"),
}


@dataclass(frozen=True)
class Words:
    """What a page says, in one language."""

    language: str
    names: dict[tuple[str, str], str]

    def text(self, key: str, **values: object) -> str:
        """A text of the page."""
        return TEXTS[key][LANGUAGES.index(self.language)].format(**values)

    def name(self, code_set: str, code: str | None) -> str | None:
        """The name of a code; the code itself where the bank names none, as for regions."""
        return self.names.get((code_set, code), code)

    def listed(self, *parts: str | None) -> str:
        """What is given of several facts, `none` without any."""
        return self.text("comma").join(filter(None, parts)) or self.text("none")

    def amount(self, value: Decimal) -> str:
        """Yuan with thousands commas; in Chinese a large amount also in 万 or 亿, with 约 where that is rounded."""
        if self.language != "zh" or abs(value) < LARGE_AMOUNT:
            return f"{value:,.2f}"
        size, unit = (10**8, "亿") if abs(value) >= 10**8 else (10**4, "万")
        short = (value / size).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{value:,.2f}（{'' if short * size == value else '约'}{short.normalize():,f}{unit}）"

    def measure(self, metric_code: str, value: Decimal) -> str:
        """A value in the unit of its metric."""
        is_amount = metric_code not in ("employees", "admin_level_rank")
        return self.amount(value) if is_amount else self.text(metric_code, value=f"{value:,.0f}")

    def metric(self, metric_code: str, value: Decimal | None) -> str:
        """A metric with its value; of marks, which are there or not, the name alone."""
        is_mark = metric_code.endswith("_mark")
        if is_mark and value == 0:
            return self.text("no_mark")
        shown = self.text("unknown") if value is None else self.measure(metric_code, value)
        named = self.name("metric", metric_code) + ("" if is_mark else self.text("colon") + shown)
        return named + (self.text(f"why_{metric_code}") if f"why_{metric_code}" in TEXTS else "")

    def tier(self, tier_code: str | None, unrated_reason: str | None) -> str:
        """A tier, why there is none, or a dash where the scheme does not apply."""
        if unrated_reason:
            return self.listed(self.name("tier_status", "unrated"), self.name("unrated_reason", unrated_reason))
        return self.name("tier", tier_code) if tier_code else "–"

    def rule(self, row: SimpleNamespace, *scope: str) -> dict[str, str]:
        """The rule row that decided: its scope, its date and who approved it."""
        reference = row.approval_reference
        return {
            "rule": self.listed(*scope, self.text("since", day=row.rule_effective_from)),
            "approved": self.text("interpretation") if reference == "interpretation" else reference,
        }


@dataclass(frozen=True)
class Subject:
    """The customer and the month that a page is about."""

    customer_id: str
    period_month: date
    words: Words


def explain(settings: Settings, customer_id: str, month: str | None = None, language: str = "en") -> Group:
    """The page of a customer, by default of the newest month.

    Raises BankmartError when language or month cannot be read (wrong usage), nothing is published, or `page` raises it.
    """
    if language not in LANGUAGES:
        raise BankmartError(f"--lang {language}: give en or zh", exit_code=ExitCode.WRONG_USAGE)
    try:
        period_month = datetime.strptime(month, "%Y-%m").date() if month is not None else None
    except ValueError:
        problem = f"--month {month}: give a year and a month, such as 2026-10"
        raise BankmartError(problem, exit_code=ExitCode.WRONG_USAGE) from None
    if not settings.publication.exists():
        raise BankmartError(f"{settings.publication}: nothing is published yet; run bankmart run first")
    with duckdb.connect(str(settings.publication), read_only=True) as connection:
        return page(connection, customer_id, period_month, language)


def page(
    connection: duckdb.DuckDBPyConnection, customer_id: str, period_month: date | None = None, language: str = "en"
) -> Group:
    """All sections about a customer in a month.

    Raises BankmartError when the customer is not published or has no such month.
    """
    months = "select min(period_month) as first, max(period_month) as newest from marts.fct_customer_months"
    (known,) = records(connection, f"{months} where customer_id = $1", customer_id)
    if known.newest is None:
        raise BankmartError(unknown_customer(connection, customer_id))
    chosen = period_month or known.newest
    if not known.first <= chosen <= known.newest:
        history = f"customer {customer_id} has the months {known.first:%Y-%m} to {known.newest:%Y-%m}"
        raise BankmartError(f"--month {chosen:%Y-%m}: {history}; give one of them")
    names = connection.execute(f"select code_set, code, name_{language} from marts.dim_codes").fetchall()
    words = Words(language, {(code_set, code): name for code_set, code, name in names})
    subject = Subject(customer_id, chosen, words)
    return Group(*(part for section in SECTIONS for part in (*section(connection, subject), Text())))


def unknown_customer(connection: duckdb.DuckDBPyConnection, customer_id: str) -> str:
    """What is wrong with an id, with up to three ids that differ from it in leading zeros or blanks alone."""
    bare = r"ltrim(regexp_replace({}, '[\s\x{{A0}}\x{{3000}}]', '', 'g'), '0')"
    alike = f"{bare.format('customer_id')} = {bare.format('$1')}"
    query = f"select customer_id from marts.dim_customers where {alike} order by customer_id <> $1, customer_id limit 3"
    ids = [row.customer_id for row in records(connection, query, customer_id)]
    if customer_id in ids:
        return f"customer {customer_id}: known, but without any month yet; see marts.dim_customers"
    hint = f"did you mean {' or '.join(ids)}?" if ids else "give it as the core system writes it"
    return f"customer {customer_id!r}: not published; an id is text and its leading zeros count, {hint}"


def records(connection: duckdb.DuckDBPyConnection, query: str, *parameters: object) -> list[SimpleNamespace]:
    """The rows of a query by column name; of texts only what a terminal can show without obeying it."""
    cursor = connection.execute(query, parameters)
    columns = [column[0] for column in cursor.description]
    rows = ([printable(value) for value in row] for row in cursor.fetchall())
    return [SimpleNamespace(**dict(zip(columns, row, strict=True))) for row in rows]


def printable(value: object) -> object:
    """A value without control characters."""
    return "".join(c if c.isprintable() else " " for c in value) if isinstance(value, str) else value


def heading(text: str) -> Rule:
    """The title of a section."""
    return Rule(Text(text, "bold"), align="left", style="dim")


def facts(words: Words, indent: str = "", **values: str) -> Table:
    """Facts under each other, each with its label."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="cyan", width=LABEL_WIDTH)
    for key, value in values.items():
        table.add_row(indent + words.text(key), Text(value))
    return table


def identity(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """Who the customer is."""
    words = subject.words
    query = """
        select customers.* exclude (party_type, region_code, branch_id), months.party_type, months.region_code,
            months.branch_id, months.period_end_date, branches.branch_name, branches.branch_level,
            parents.customer_id as parent_id, parents.customer_name as parent_name,
            (select max(period_end_date) from marts.dim_months) as as_of_date
        from marts.fct_customer_months as months
        join marts.dim_customers as customers on months.customer_id = customers.customer_id
        left join marts.dim_branches as branches on months.branch_id = branches.branch_id
        left join marts.dim_customers as parents
            on customers.group_id = parents.group_id and customers.group_role <> parents.group_role
            and parents.group_role = 'parent'
        where months.customer_id = $1 and months.period_month = $2
        order by parents.customer_id
    """
    row = records(connection, query, subject.customer_id, subject.period_month)[0]
    kinds = {"party_type": row.party_type, "institution_type": row.institution_type, "admin_level": row.admin_level}
    industry = words.names.get(("industry", row.industry_code))
    yield heading(f"{row.customer_id}  {row.customer_name}")
    yield facts(
        words,
        month=words.text("month_value", month=f"{subject.period_month:%Y-%m}", end=row.period_end_date),
        party=words.listed(*(words.name(code_set, code) for code_set, code in kinds.items() if code)),
        industry=words.listed(industry, row.industry_code and words.text("industry_code", code=row.industry_code)),
        region=words.listed(words.name("region", row.region_code)),
        branch=words.listed(f"{row.branch_id} {row.branch_name}", words.name("branch_level", row.branch_level)),
        manager=words.listed(row.relationship_manager_id),
        group=words.listed(
            row.group_id,
            words.name("group_role", row.group_role),
            row.parent_id and words.text("parent", id=row.parent_id, name=row.parent_name),
        ),
        status=words.listed(
            words.name("customer_status", row.status),
            row.opened_date and words.text("opened", day=row.opened_date),
            row.established_date and words.text("founded", day=row.established_date),
            row.is_listed and words.text("is_listed"),
        ),
    )
    if row.period_end_date < row.as_of_date:
        yield Text(words.text("as_known", day=row.as_of_date), "italic")


def balances(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """What the customer holds and owes."""
    words = subject.words
    query = "from marts.fct_customer_months where customer_id = $1 and period_month = $2"
    (row,) = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("balances"))
    table = facts(words)
    table.add_column(justify="right")
    table.add_column(justify="right")
    table.add_row("", *(Text(words.text(side), "cyan") for side in ("deposit", "loan")))
    for measure in ("balance", "average_balance", "average_balance_ytd", "average_balance_r12"):
        label = words.text(measure, end=row.period_end_date)
        table.add_row(label, *(words.amount(getattr(row, f"{side}_{measure}")) for side in ("deposit", "loan")))
    yield table
    reason = ("by_loan" if row.loan_balance > 0 else "by_line") if row.is_credit_customer else "by_nothing"
    yield facts(
        words,
        credit_line=words.amount(row.credit_line_amount),
        credit_customer=words.text(reason),
        fees=words.amount(row.net_fee_amount),
        products=words.text("products_value", products=row.product_count, accounts=row.active_account_count),
    )


def segment(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """Which segment the customer is in, and the rule that decided."""
    words = subject.words
    query = "from marts.fct_customer_segments where customer_id = $1 and period_month = $2"
    (row,) = records(connection, query, subject.customer_id, subject.period_month)
    key = f"rule_{row.matched_rule_priority}_{row.segment_code}"
    reason = words.text(key if key in TEXTS else "rule_other")
    yield heading(words.text("segment"))
    yield facts(
        words,
        segment=words.listed(words.name("segment", row.segment_code), words.name("sub_segment", row.sub_segment_code)),
        credit_status=words.name("credit_status", row.credit_status),
        because=words.text("because_value", reason=reason, number=row.matched_rule_priority),
        **words.rule(row),
    )


def tiers(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """The tier under every scheme that applies, what decided it and what is missing to the next one."""
    words = subject.words
    # what the next tier is called and goes by is told by the customers whom the same ladder put there
    query = """
        with next_tiers as (
            select scheme_code, population_code, rule_region_code, rule_effective_from, tier_rank + 1 as tier_rank,
                min(tier_code) as next_tier_code, list_sort(list(distinct metric_code)) as next_metric_codes
            from marts.fct_customer_tiers
            where status = 'rated' and period_month = $2
            group by all
            having count(distinct tier_code) = 1
        )
        select tiers.*, next_tiers.next_tier_code, coalesce(next_tiers.next_metric_codes, []) as next_metric_codes
        from marts.fct_customer_tiers as tiers
        left join next_tiers using (scheme_code, population_code, rule_region_code, rule_effective_from, tier_rank)
        where tiers.customer_id = $1 and tiers.period_month = $2
        order by tiers.scheme_code = 'management_level', tiers.scheme_code
    """
    rows = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("tiers"))
    for row in rows:
        tier = words.tier(row.tier_code, row.unrated_reason)
        shown = words.text("tier_value", tier=tier, rank=row.tier_rank) if row.tier_rank else tier
        colour = "bold green" if row.tier_rank else "bold yellow"
        yield Text.assemble((words.name("tier_scheme", row.scheme_code), "bold"), words.text("colon"), (shown, colour))
        yield facts(words, "  ", **evidence(words, row))
    if not rows:
        yield Text(words.text("no_tiers"))


def evidence(words: Words, row: SimpleNamespace) -> dict[str, str]:
    """Why a tier is what it is, fact by fact."""
    found = {}
    if row.metric_code:
        found["judged"] = words.metric(row.metric_code, row.metric_value)
    remedy = (row.unrated_reason or "").partition(":")[0]
    if remedy in TEXTS:
        found["remedy"] = words.text(remedy)
    if row.status == "rated":
        bounds = {"lower": row.lower_bound, "upper": row.upper_bound}
        given = {side: words.measure(row.metric_code, bound) for side, bound in bounds.items() if bound is not None}
        if given and not row.metric_code.endswith("_mark"):
            found["within"] = words.text("_".join(given), **given)
        found["next"] = next_step(words, row)
    if row.approval_reference:
        region = "every_region" if row.rule_region_code == "*" else "one_region"
        region = words.text(region, region=words.name("region", row.rule_region_code))
        found |= words.rule(row, words.name("population", row.population_code), region)
    return found


def next_step(words: Words, row: SimpleNamespace) -> str:
    """What is missing to the next better tier, which may go by another metric than the one that decided."""
    if row.tier_rank == 1:
        return words.text("top")
    tier = words.name("tier", row.next_tier_code) if row.next_tier_code else words.text("better")
    amount, metric_codes = row.amount_to_next_tier, row.next_metric_codes
    if row.upper_bound is not None and not row.metric_code.endswith("_mark"):
        if amount is None:
            return words.text("next_bound", tier=tier, bound=words.measure(row.metric_code, row.upper_bound))
        is_own = amount == row.upper_bound - row.metric_value
        metric_codes = [row.metric_code] if is_own else [code for code in metric_codes if code != row.metric_code]
    metrics = words.text("or").join(words.name("metric", code) for code in metric_codes)
    if amount is None:
        return words.text("next_marks" if metrics else "next_other", tier=tier, metrics=metrics)
    shown = words.measure(metric_codes[0] if len(metric_codes) == 1 else "", amount)
    return words.text("next_amount", tier=tier, metrics=metrics or words.text("other_metric"), amount=shown)


def changes(connection: duckdb.DuckDBPyConnection, subject: Subject) -> Iterator[RenderableType]:
    """How the tiers moved in the twelve months up to the page's."""
    words = subject.words
    query = """
        select changes.*, tiers.metric_code, previous.metric_code as previous_metric_code
        from marts.fct_customer_tier_changes as changes
        left join marts.fct_customer_tiers as tiers using (customer_id, scheme_code, period_month)
        left join marts.fct_customer_tiers as previous
            on changes.customer_id = previous.customer_id and changes.scheme_code = previous.scheme_code
            and changes.period_month = previous.period_month + interval 1 month
        where changes.customer_id = $1
            and changes.period_month > $2::date - interval 12 month and changes.period_month <= $2
        order by changes.period_month, changes.scheme_code = 'management_level', changes.scheme_code
    """
    rows = records(connection, query, subject.customer_id, subject.period_month)
    yield heading(words.text("changes"))
    table = Table.grid(padding=(0, 2))
    for row in rows:
        line = words.text(
            "change",
            scheme=words.name("tier_scheme", row.scheme_code),
            before=words.tier(row.previous_tier_code, row.previous_unrated_reason),
            after=words.tier(row.tier_code, row.unrated_reason),
            change=words.name("tier_change", row.change_type).lower(),
        )
        table.add_row(f"{row.period_month:%Y-%m}", Text(line + what_moved(words, row)))
    yield table if rows else Text(words.text("no_changes"))


def what_moved(words: Words, row: SimpleNamespace) -> str:
    """The value before and after where one metric decided both times, else what decides now."""
    code, before, after = row.metric_code, row.previous_metric_value, row.metric_value
    if after is None or (code.endswith("_mark") and after == 0):
        return ""
    if code != row.previous_metric_code or before is None or code.endswith("_mark"):
        return words.text("now_by", metric=words.metric(code, after))
    return words.text("values", before=words.measure(code, before), after=words.measure(code, after))


SECTIONS: tuple[Callable[..., Iterator[RenderableType]], ...] = (identity, balances, segment, tiers, changes)
