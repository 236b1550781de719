"""3,540 Chinese listed companies of August 2018 as one batch of the landing contract.

What is real: code, name, industry, province, share capital, total assets, net profit, revenue and listing date.

What is made up, the same for every company, so that every size rule meets every real firm: a demand account that is
empty from July 2018, and a working capital loan of 1,000,000 yuan from 1 August. July thus judges all of them as
companies without credit (registered capital, deposits), August as credit customers (total assets, revenue). Also made
up: a head office, one branch per province, one corporate department and the funding curve.

Choices:
- Registered capital is the number of shares, at a par value of 1 yuan (a few companies have another).
- The list gives no period. Its earnings and assets are those of each company's newest report in August 2018, of the
  first quarter or the half year. They stand in for the annual statement of 2017, the only kind that the size rules
  read, so revenue and profit are those of three or six months.
- Revenue is net profit ÷ net margin, to 10 thousand yuan. Where earnings per share are 0 at the three decimals given,
  where the margin is 0, or where the company was not listed yet, it is empty, not 0.
- Industries come from `ashare_industries.csv`, which maps the list's 110 names to GB/T 4754-2017: the code that the
  name says, or for a mixed name the code of most of its companies.
- Employees are not in the list and stay empty.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

import duckdb
import typer

BATCH_DATE = date(2018, 8, 31)
FIRST_DAY = date(2018, 7, 1)
LOAN_DATE = date(2018, 8, 1)
STATEMENT_DATE = date(2017, 12, 31)

INDUSTRIES = Path(__file__).with_name("ashare_industries.csv")

REGIONS = {
    "上海": "shanghai",
    "云南": "yunnan",
    "内蒙": "inner_mongolia",
    "北京": "beijing",
    "吉林": "jilin",
    "四川": "sichuan",
    "天津": "tianjin",
    "宁夏": "ningxia",
    "安徽": "anhui",
    "山东": "shandong",
    "山西": "shanxi",
    "广东": "guangdong",
    "广西": "guangxi",
    "新疆": "xinjiang",
    "江苏": "jiangsu",
    "江西": "jiangxi",
    "河北": "hebei",
    "河南": "henan",
    "浙江": "zhejiang",
    "海南": "hainan",
    "深圳": "shenzhen",
    "湖北": "hubei",
    "湖南": "hunan",
    "甘肃": "gansu",
    "福建": "fujian",
    "西藏": "tibet",
    "贵州": "guizhou",
    "辽宁": "liaoning",
    "重庆": "chongqing",
    "陕西": "shaanxi",
    "青海": "qinghai",
    "黑龙江": "heilongjiang",
}

# per share and per cent figures come with binary noise (12.549000000000001): the decimals given are three and two
VIEWS = f"""
create view regions as
select
    unnest({list(REGIONS)}) as region_name,
    unnest({list(REGIONS.values())}) as region_code;

create view companies as
select
    stocks.code as company_id,
    stocks.name as company_name,
    regions.region_code,
    industries.industry_code,
    nullif(stocks.totals::decimal(18, 2), 0) * 100000000 as share_capital,
    stocks.totalAssets::decimal(18, 2) * 10000 as total_assets,
    nullif(stocks.esp::decimal(18, 3), 0) * nullif(stocks.totals::decimal(18, 2), 0) * 100000000 as net_profit,
    nullif(stocks.npr::decimal(18, 2), 0) / 100 as net_margin,
    strptime(nullif(stocks.timeToMarket, '0'), '%Y%m%d')::date as listed_date
from stocks
left join industries on stocks.industry = industries.industry_name
left join regions on stocks.area = regions.region_name;
"""

# the columns of each extract open with its key
EXTRACTS = {
    "branches.csv": """
        select
            region_code as branch_id,
            region_name || '分行' as branch_name,
            'head_office' as parent_branch_id,
            'tier1' as branch_level,
            region_code
        from regions
        union all
        values ('head_office', '总行', null, 'head_office', null)
    """,
    "departments.csv": """
        select
            'corporate_banking' as department_id,
            '公司业务部' as department_name,
            'corporate' as business_line,
            'head_office' as branch_id
    """,
    "customers.csv": f"""
        select
            company_id as customer_id,
            company_name as customer_name,
            'company' as party_type,
            industry_code,
            share_capital as registered_capital,
            region_code,
            region_code as branch_id,
            date '{FIRST_DAY}' as opened_date
        from companies
    """,
    "customer_tags.csv": """
        select
            company_id as customer_id,
            'listed_company' as tag_code,
            listed_date as valid_from,
            'exchange list' as source
        from companies
        where listed_date is not null
    """,
    "financial_statements.parquet": f"""
        select
            company_id as customer_id,
            date '{STATEMENT_DATE}' as statement_date,
            'annual' as period_type,
            total_assets::decimal(18, 2) as total_assets,
            round(net_profit / net_margin, -4)::decimal(18, 2) as revenue,
            net_profit::decimal(18, 2) as net_profit
        from companies
    """,
    "accounts.csv": f"""
        select
            company_id || '-account' as account_id,
            company_id as customer_id,
            'dep_demand_corp' as product_code,
            region_code as branch_id,
            date '{FIRST_DAY}' as opened_date,
            0.003 as interest_rate
        from companies
    """,
    "deposit_balances.parquet": f"""
        select
            company_id || '-account' as account_id,
            date '{FIRST_DAY}' as balance_date,
            0::decimal(18, 2) as balance
        from companies
    """,
    "loans.csv": f"""
        select
            company_id || '-loan' as loan_id,
            company_id as customer_id,
            'loan_working_capital' as product_code,
            region_code as branch_id,
            1000000 as contract_amount,
            date '{LOAN_DATE}' as start_date,
            (date '{LOAN_DATE}' + interval 1 year)::date as maturity_date,
            0.0435 as interest_rate
        from companies
    """,
    "loan_balances.parquet": f"""
        select
            company_id || '-loan' as loan_id,
            date '{LOAN_DATE}' as balance_date,
            1000000::decimal(18, 2) as principal_balance
        from companies
    """,
    "ftp_curves.csv": f"""
        select
            date '{FIRST_DAY}' as curve_date,
            'CNY' as currency,
            unnest([1, 12, 60]) as tenor_months,
            unnest([0.0280, 0.0350, 0.0400]) as rate
    """,
    "referrals.csv": """
        select
            unnest([]::varchar[]) as referral_id,
            null as product_code,
            null as sold_date,
            null as quantity,
            null as lead_department_id
    """,
    "referral_participants.csv": """
        select
            unnest([]::varchar[]) as referral_id,
            null as department_id
    """,
}


def import_ashare(
    source: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder with stock_basics.csv")],
    inbox: Annotated[Path, typer.Argument(file_okay=False, help="Folder that receives the batch_date=… folder")],
) -> None:
    """Write the listed companies as an inbox of one batch."""
    batch = inbox / f"batch_date={BATCH_DATE}"
    batch.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as exchange:
        for table, path in (("stocks", source / "stock_basics.csv"), ("industries", INDUSTRIES)):
            exchange.read_csv(str(path), header=True, all_varchar=True).create_view(table)
        exchange.execute(VIEWS)
        for file, extract in EXTRACTS.items():
            rows = exchange.sql(f"select * from ({extract}) order by all")
            if file.endswith(".parquet"):
                rows.write_parquet(str(batch / file))
            else:
                rows.write_csv(str(batch / file), header=True)


if __name__ == "__main__":
    typer.run(import_ashare)
