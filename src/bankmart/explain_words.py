"""Every word of the pages that `bankmart explain` shows, in English and Chinese."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace

from bankmart.errors import BankmartError, ExitCode

LANGUAGES = ("en", "zh")
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
    "profit": ("Profit contribution (yuan)", "利润贡献度（元）"),
    "loan_transfer_amount": ("Loan transfer income", "贷款转移收入"),
    "deposit_transfer_amount": ("Deposit transfer income", "存款转移收入"),
    "net_fee_amount": ("Net fees", "手续费净收入"),
    "capital_cost_amount": ("Capital cost", "资本成本"),
    "operating_cost_amount": ("Operating cost, taxes", "运营成本及税金"),
    "credit_cost_amount": ("Credit cost", "信用成本"),
    "profit_contribution_amount": ("Profit contribution", "利润贡献度"),
    "of_month": ("Month", "当月"),
    "of_r12": ("12 months", "近十二个月"),
    "raroc": ("RAROC of 12 months", "风险调整资本回报率"),
    "incomplete": (
        "A price is missing for some of the accounts or loans; they count 0.",
        "部分账户或贷款缺少定价，按0计入。",
    ),
    "instruments": ("Account or loan", "账户或贷款"),
    "average": ("Average", "日均余额"),
    "customer_rate": ("Its rate", "客户利率"),
    "ftp_rate": ("Internal price", "内部转移价格"),
    "transfer": ("Transfer income", "转移收入"),
    "more_instruments": ("and {count} smaller ones, see marts.fct_instrument_profits", "另有{count}笔较小的账户或贷款"),
    "value": ("Value group and class", "价值分组与客户分类"),
    "no_value": ("Companies and institutions alone are rated.", "仅对公司和机构客户评定。"),
    "contribution": ("12-month contribution", "近十二个月利润贡献度"),
    "score": ("Score", "评分"),
    "banded": ("{value}: {band}", "{value}：{band}"),
    "banded_score": ("{score} {value}: {band}", "{score}{value}：{band}"),
    "metric": ("Value", "取值"),
    "unit": ("Unit", "单位"),
    "points": ("Points", "得分"),
    "weight": ("Weight", "权重"),
    "weighted": ("Counts", "计分"),
    "missing": ("missing", "缺失"),
    "points_section": ("Referrals and points", "交叉营销业绩与积分"),
    "no_referrals": ("No referral names this customer.", "无涉及该客户的交叉营销业绩。"),
    "referral": ("Referral", "业绩"),
    "product": ("Product", "产品"),
    "sold": ("Sold", "销售日期"),
    "points_earned": ("Points", "积分"),
    "standing": ("Standing", "状态"),
    "sold_by": ("{lead} with {participants}", "{lead}主办，{participants}参与"),
    "more_referrals": ("and {count} more; see marts.fct_referrals", "另有{count}笔，见业绩表"),
    "line": ("Business line", "条线"),
    "reward": ("Reward (yuan)", "奖励（元）"),
    "final": ("final", "最终"),
    "provisional": ("provisional until the year's last month is confirmed", "年末月份公示确认前为暂定"),
    "pool": ("Pool (yuan)", "奖励总额（元）"),
    "no_pool": ("none: the rules have no pool for the year", "无：规则未设该年度奖励"),
    "unallocated": ("unallocated: nobody has points that count", "未分配：无人积分计入"),
    "counted_points": ("Counted points", "计入积分"),
    "all_points": ("of all departments", "各部门计入积分合计"),
    "arithmetic": ("Arithmetic", "计算"),
    "pool_arithmetic": (
        "{pool} × {points} ÷ {all} = {reward}, to the cent by largest remainder",
        "{pool} × {points} ÷ {all} = {reward}，按最大余数法分至分",
    ),
    "nothing_counted": ("no points that count, no reward", "无计入积分，无奖励"),
    "points_by_product": ("Points by product", "各产品积分"),
    "entries": ("Entries", "笔数"),
    "counting": ("Counts", "是否计入"),
    "completion": ("{completed} of {target} sold, {rate}", "完成{completed}，目标{target}，{rate}"),
    "referrals_behind": ("Referrals behind them", "积分来源"),
    "referrals_without_entries": ("Referrals of the year that never earned anything", "当年从未获得积分的联合营销"),
    "posted": ("Posted", "入账月份"),
    "role": ("Role", "角色"),
    "entry": ("Entry", "分录"),
    "floor_missed": ("{project}: {share}, floor {floor}", "{project}：{share}，下限{floor}"),
    "changes": ("Tier changes of the last twelve months", "近十二个月分层变动"),
    "change": ("{scheme}: {before} → {after} ({change})", "{scheme}：{before} → {after}（{change}）"),
    "no_changes": ("No tier changed.", "无分层变动。"),
    "values": (", value {before} → {after}", "，数值 {before} → {after}"),
    "now_by": (", now by {metric}", "，现按{metric}"),
}


def check_language(language: str) -> None:
    """Raises BankmartError (wrong usage) when nothing is written in a language."""
    if language not in LANGUAGES:
        raise BankmartError(f"--lang {language}: give en or zh", exit_code=ExitCode.WRONG_USAGE)


@dataclass(frozen=True)
class Words:
    """What a page says, in one language."""

    language: str
    names: dict[tuple[str, str], str]

    def text(self, key: str, **values: object) -> str:
        """A text of the page."""
        return TEXTS[key][LANGUAGES.index(self.language)].format(**values)

    def has_text(self, key: str) -> bool:
        """Whether the page has a text of that key."""
        return key in TEXTS

    def name(self, code_set: str, code: str | None) -> str | None:
        """The name of a code; the code itself where the bank names none, as for regions."""
        return self.names.get((code_set, code), code)

    def band(self, code: str) -> str:
        """The band of a matrix, in lower case as it stands within a line."""
        return self.name("matrix_band", code).lower()

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
