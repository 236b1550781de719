"""The planted stories of the demo bank: who is who, and which rule each one shows.

`make_demo_bank.py` calls the functions below with a `Bank` and prints the sentence that a story carries into
README.md. Amounts are yuan. A deposit given as one number has not moved since the history began (1 August 2025),
so that from 2026 on the average since January equals it to the cent.
"""

WAN = 10_000
YI = 100_000_000

FIRST, SECOND, THIRD = "2026-08-31", "2026-09-30", "2026-10-31"

# --- The bank itself ---------------------------------------------------------------------------------------

# branch_id, branch_name, parent_branch_id, branch_level, city_code, region_code
BRANCHES = [
    ("00001", "岚江银行总行", "", "head_office", "990100", "east"),
    ("01000", "华东分行", "00001", "tier1", "990100", "east"),
    ("01010", "华东分行营业部", "01000", "sub_branch", "990100", "east"),
    ("01100", "澜州分行", "01000", "tier2", "990110", "east"),
    ("01110", "澜州滨湖支行", "01100", "sub_branch", "990110", "east"),
    ("01111", "滨湖路分理处", "01110", "outlet", "990110", "east"),
    ("01112", "柳岸社区网点", "01110", "outlet", "990110", "east"),
    ("01120", "澜州高新支行", "01100", "sub_branch", "990110", "east"),
    ("01121", "软件园网点", "01120", "outlet", "990110", "east"),
    ("01200", "澄浦分行", "01000", "tier2", "990120", "east"),
    ("01210", "澄浦港口支行", "01200", "sub_branch", "990120", "east"),
    ("01211", "码头路分理处", "01210", "outlet", "990120", "east"),
    ("02000", "华北分行", "00001", "tier1", "990200", "north"),
    ("02100", "朔阳分行", "02000", "tier2", "990210", "north"),
    ("02110", "朔阳钢城支行", "02100", "sub_branch", "990210", "north"),
    ("02111", "炉前街分理处", "02110", "outlet", "990210", "north"),
    ("02120", "朔阳大学路支行", "02100", "sub_branch", "990210", "north"),
    ("02121", "大学路东段网点", "02120", "outlet", "990210", "north"),
    ("02200", "汾原分行", "02000", "tier2", "990220", "north"),
    ("02210", "汾原古槐支行", "02200", "sub_branch", "990220", "north"),
    ("02211", "槐荫街分理处", "02210", "outlet", "990220", "north"),
    ("03000", "西部分行", "00001", "tier1", "990300", "west"),
    ("03100", "蜀宁分行", "03000", "tier2", "990310", "west"),
    ("03110", "蜀宁锦水支行", "03100", "sub_branch", "990310", "west"),
    ("03111", "锦水桥分理处", "03110", "outlet", "990310", "west"),
    ("03120", "蜀宁云台支行", "03100", "sub_branch", "990310", "west"),
    ("03121", "云台山路网点", "03120", "outlet", "990310", "west"),
    ("03200", "陇泉分行", "03000", "tier2", "990320", "west"),
    ("03210", "陇泉河口支行", "03200", "sub_branch", "990320", "west"),
    ("03211", "河口镇分理处", "03210", "outlet", "990320", "west"),
]

# department_id, department_name, business_line
DEPARTMENTS = [
    ("D_CARD", "信用卡中心", "retail"),
    ("D_CORP", "公司业务部", "corporate"),
    ("D_EB", "网络金融部", "retail"),
    ("D_FIN", "计划财务部", "shared"),
    ("D_INST", "机构业务部", "corporate"),
    ("D_LOAN", "个人信贷部", "retail"),
    ("D_OPS", "运营管理部", "shared"),
    ("D_PB", "个人金融部", "retail"),
    ("D_RE", "房地产金融部", "corporate"),
    ("D_RISK", "风险合规部", "shared"),
    ("D_SME", "小企业金融部", "corporate"),
    ("D_TRADE", "国际业务部", "corporate"),
    ("D_WM", "财富管理部", "retail"),
]


def plant_bank_changes(bank):
    """The bank reorganises: a new outlet, an outlet under another branch, a department renamed, staff moving."""
    bank.add("branches", THIRD, branch_id="03122", branch_name="云台新城网点", parent_branch_id="03120",
             branch_level="outlet", city_code="990310", region_code="west")
    bank.change("branches", "01112", THIRD, parent_branch_id="01120")
    bank.change("departments", "D_EB", SECOND, department_name="数字金融部")
    bank.change("employees", "E0302", THIRD, branch_id="01120", department_id="D_SME")


# --- Traditional credit companies --------------------------------------------------------------------------

def plant_traditional_companies(bank):
    """traditional_company_scale, and on the same statements the enterprise_size of credit customers."""
    company, statement = bank.company, bank.statement

    company("000101", "岚江重装矿山机械股份有限公司", "C3511", "01110",
            "strategic by its own tag, though its revenue alone would make it medium",
            statement=(9 * YI, 1 * YI), deposit=6200 * WAN, loan=8000 * WAN)
    bank.tag("000101", "strategic_customer", "2024-01-01")
    company("000102", "澜州恒岳锅炉有限公司", "C3411", "01110",
            "its strategic tag ends 2026-07-01: strategic in June, medium from July (`downgraded`)",
            statement=(4 * YI, 1.2 * YI), deposit=1500 * WAN, loan=3000 * WAN)
    bank.tag("000102", "strategic_customer", "2024-01-01", "2026-07-01")
    company("000103", "蜀宁晶芯半导体设备有限公司", "C3562", "03120",
            "tagged strategic on 2026-09-30, the period's last day: counts for September (`upgraded`)",
            statement=(2.5 * YI, 0.9 * YI), deposit=2600 * WAN, loan=2000 * WAN)
    bank.tag("000103", "strategic_customer", "2026-09-30")

    company("000104", "澜州精工机床股份有限公司", "C3421", "01120",
            "revenue exactly 3亿: large; total assets exactly 6亿: enterprise size large",
            statement=(6 * YI, 3 * YI), deposit=3300 * WAN, loan=1.2 * YI, employees=1250)
    company("000105", "朔阳正泰钢构有限公司", "C3311", "02110",
            "revenue one cent below 3亿: medium; total assets one cent below 6亿: medium",
            statement=(6 * YI - 0.01, 3 * YI - 0.01), deposit=1800 * WAN, loan=9000 * WAN, employees=860)
    company("000106", "华澜钢铁集团有限公司", "C3130", "01010",
            "revenue one cent above 3亿; total assets exactly 300亿: enterprise size extra_large",
            statement=(300 * YI, 3 * YI + 0.01), deposit=1.4 * YI, loan=9 * YI, employees=12800)
    company("000107", "澜州万汇百货股份有限公司", "F5211", "01110",
            "retail trade is a low-threshold industry: revenue exactly 1.5亿 is large; assets one cent below 300亿",
            statement=(300 * YI - 0.01, 1.5 * YI), deposit=5100 * WAN, loan=2 * YI, employees=640)
    company("000108", "蜀宁锦里餐饮管理有限公司", "H6210", "03110",
            "catering, revenue one cent below 1.5亿: medium; total assets exactly 0.6亿: medium",
            statement=(0.6 * YI, 1.5 * YI - 0.01), deposit=420 * WAN, loan=800 * WAN, employees=520)
    company("000109", "澜州云笺软件股份有限公司", "I6513", "01120",
            "software, revenue one cent above 1.5亿: large; total assets one cent below 0.6亿: small",
            statement=(0.6 * YI - 0.01, 1.5 * YI + 0.01), deposit=2300 * WAN, loan=600 * WAN, employees=310)
    company("000110", "澄浦申达塑料制品有限公司", "C2924", "01210",
            "the same 1.5亿 in an ordinary industry: medium",
            statement=(6 * YI + 0.01, 1.5 * YI), deposit=700 * WAN, loan=4500 * WAN, employees=400)
    company("000111", "汾原古槐造纸厂有限公司", "C2221", "02210",
            "revenue exactly 3,000万 is not above the limit: small; total assets exactly 0.1亿: small",
            statement=(0.1 * YI, 3000 * WAN), deposit=60 * WAN, loan=300 * WAN, employees=90)
    company("000112", "汾原长岭水泥有限公司", "C3011", "02210",
            "one cent above both small-enterprise limits: medium",
            statement=(0.1 * YI + 0.01, 3000 * WAN + 0.01), deposit=95 * WAN, loan=450 * WAN, employees=130)
    company("000113", "陇泉瀚海电线电缆有限公司", "C3831", "03210",
            "revenue above its limit, total assets exactly on theirs: small",
            statement=(1000 * WAN, 3000 * WAN + 0.01), deposit=40 * WAN, loan=260 * WAN, employees=75)
    company("000114", "陇泉日升光伏科技有限公司", "C3825", "03210",
            "revenue above its limit and no total assets: `missing_value:total_assets` in two schemes",
            statement=(None, 5600 * WAN), deposit=210 * WAN, loan=900 * WAN, employees=160)
    company("000115", "澄浦海韵饰品有限公司", "C2438", "01210",
            "revenue one cent below the limit and no total assets: small, nobody asks for the assets",
            statement=(None, 3000 * WAN - 0.01), deposit=33 * WAN, loan=150 * WAN, employees=45)
    company("000116", "朔阳北辰化工有限公司", "C2662", "02110",
            "a statement without revenue: `missing_value:revenue`",
            statement=(2200 * WAN, None), deposit=120 * WAN, loan=500 * WAN, employees=110)
    company("000117", "澜州青禾食品有限公司", "C1411", "01110",
            "no statement at all: `no_statement`", deposit=75 * WAN, loan=200 * WAN, employees=60)
    company("000118", "汾原永昌煤业有限公司", "B0610", "02210",
            "newest statement 2023-12-31: rated to December 2025, `statement_too_old` from January (`became_unrated`)",
            deposit=1600 * WAN, loan=2 * YI, employees=2100)
    statement("000118", "2023-12-31", 8.8 * YI, 5.1 * YI)
    company("000119", "蜀宁川味酒业有限公司", "C1512", "03110",
            "statement 2022-12-31 too old, then the one of 2025-12-31: `became_rated` in December 2025",
            deposit=900 * WAN, loan=3500 * WAN, employees=380)
    statement("000119", "2022-12-31", 1.9 * YI, 1.1 * YI)
    statement("000119", "2025-12-31", 2.4 * YI, 1.3 * YI)
    company("000120", "澜州星河储能科技有限公司", "C3985", "01120",
            "established in 2026: its interim statement of 2026-06-30 counts",
            established="2026-02-18", opened="2026-03-02", deposit=[("2026-03-02", 3200 * WAN)], employees=85)
    bank.loan("L0001201", "000120", "loan_working_capital", "2026-03-20", "2027-03-20", "0.0345", floating=3,
              guarantee="guaranteed", rating="BBB", balances=[("2026-03-20", 2000 * WAN, "pass")])
    statement("000120", "2026-06-30", 1.6 * YI, 4200 * WAN, kind="interim")
    company("000121", "澄浦启航冷链物流有限公司", "G5930", "01210",
            "established in 2025: its interim statement counts in December 2025, no longer in 2026 (`no_statement`)",
            established="2025-10-15", opened="2025-10-20", deposit=[("2025-10-20", 450 * WAN)], employees=140)
    bank.loan("L0001211", "000121", "loan_fixed_asset", "2025-11-03", "2030-11-03", "0.0410", floating=12,
              guarantee="mortgaged", rating="BB", balances=[("2025-11-03", 1800 * WAN, "pass")])
    statement("000121", "2025-12-31", 5200 * WAN, 1500 * WAN, kind="interim")
    company("000122", "朔阳双雁汽车零部件有限公司", "C3670", "02120",
            "an older company: the interim statement with twice the revenue is not looked at",
            statement=(3.2 * YI, 2.1 * YI), deposit=1100 * WAN, loan=5000 * WAN, employees=700)
    statement("000122", "2026-06-30", 3.5 * YI, 4.2 * YI, kind="interim")
    company("000123", "蜀宁青藤生物技术有限公司", "M7512", "03120",
            "established this year, an annual and an interim statement of one date: the annual one decides",
            established="2026-01-12", opened="2026-01-20", deposit=[("2026-01-20", 260 * WAN)], employees=40)
    bank.loan("L0001231", "000123", "loan_working_capital", "2026-02-10", "2027-02-10", "0.0395",
              guarantee="pledged", rating="BBB", balances=[("2026-02-10", 300 * WAN, "pass")])
    statement("000123", "2026-06-30", 4000 * WAN, 3500 * WAN, kind="annual")
    statement("000123", "2026-06-30", 900 * WAN, 1200 * WAN, kind="interim")
    company("000124", "澜州远帆纺织有限公司", "C1751", "01110",
            "revenue restated by the second batch from 2.8亿 to 3.1亿: large in all months since December 2025",
            deposit=800 * WAN, loan=6000 * WAN, employees=910)
    statement("000124", "2024-12-31", 4.4 * YI, 2.6 * YI)
    statement("000124", "2025-12-31", 4.7 * YI, 2.8 * YI)
    statement("000124", "2025-12-31", 4.7 * YI, 3.1 * YI, batch=SECOND)
    company("000125", "汾原晋丰面业有限公司", "C1371", "02210",
            "business year to June, the new annual statement comes with the second batch: small to medium (`upgraded`)",
            deposit=130 * WAN, loan=700 * WAN, employees=150)
    statement("000125", "2025-06-30", 2600 * WAN, 2900 * WAN)
    statement("000125", "2026-06-30", 3100 * WAN, 3600 * WAN, batch=SECOND)
    company("000126", "陇泉祁连矿泉水有限公司", "C1522", "03210",
            "revenue falls from 3.3亿 to 1.9亿 (`downgraded`); large again from July on the west's ladder (`upgraded`)",
            deposit=520 * WAN, loan=4000 * WAN, employees=330)
    statement("000126", "2025-06-30", 5 * YI, 3.3 * YI)
    statement("000126", "2026-06-30", 4.1 * YI, 1.9 * YI, batch=SECOND)
    company("000127", "澜州百川建材贸易有限公司", "F5163", "01120",
            "loan repaid 2026-05-20, a new one 2026-09-15: leaves the scheme (`exited`) and comes back (`entered`)",
            statement=(7000 * WAN, 9000 * WAN), deposit=88 * WAN, employees=48)
    bank.loan("L0001271", "000127", "loan_working_capital", "2025-05-20", "2026-05-20", "0.0400",
              guarantee="guaranteed", rating="BBB",
              balances=[("2025-08-01", 600 * WAN, "pass"), ("2026-02-20", 400 * WAN, "pass"),
                        ("2026-05-20", 0, "pass")])
    bank.loan("L0001272", "000127", "loan_working_capital", "2026-09-15", "2027-09-15", "0.0370",
              guarantee="guaranteed", rating="BBB", balances=[("2026-09-15", 500 * WAN, "pass")])
    company("000129", "朔阳铁山铸件加工有限公司", "C3311", "02110",
            "total assets one cent below 0.1亿: enterprise size micro",
            statement=(0.1 * YI - 0.01, 780 * WAN), deposit=22 * WAN, loan=90 * WAN, employees=18)
    company("000130", "蜀宁巴山农机装备有限公司", "C3511", "03110",
            "a western company of 2亿 revenue: medium on the national ladder, large from July on the west's own",
            statement=(5 * YI, 2 * YI), deposit=1900 * WAN, loan=7000 * WAN, employees=560)
    company("000131", "澄浦联创园区运营有限公司", "L7221", "01210",
            "business services (L) with 1.6亿 revenue: large by the low threshold",
            statement=(13 * YI, 1.6 * YI), deposit=4200 * WAN, loan=1.1 * YI, employees=320)
    company("000132", "汾原大观园文旅有限公司", "R8890", "02210",
            "culture (R) with 1.5亿 exactly: large; its revenue of the year before was 1.49亿",
            deposit=640 * WAN, loan=2600 * WAN, employees=260)
    statement("000132", "2024-12-31", 3 * YI, 1.49 * YI)
    statement("000132", "2025-12-31", 3.1 * YI, 1.5 * YI)

    company("000133", "朔阳宏远轧钢有限公司", "C3130", "02110",
            "goes bad: special_mention in May 2026, substandard in July (loan interest stops), doubtful in October",
            statement=(1.2 * YI, 6500 * WAN), deposit=18 * WAN, employees=210)
    bank.loan("L0001331", "000133", "loan_working_capital", "2024-06-12", "2027-06-12", "0.0520", floating=6,
              guarantee="guaranteed", rating="B",
              balances=[("2025-08-01", 4000 * WAN, "pass"), ("2026-05-14", 3900 * WAN, "special_mention", 34),
                        ("2026-07-15", 3900 * WAN, "substandard", 96), ("2026-10-13", 3850 * WAN, "doubtful", 186)])
    company("000134", "陇泉鸿运棉业有限公司", "A0141", "03210",
            "grades delivered as 1 to 5; written off as loss in September 2026",
            statement=(2600 * WAN, 1900 * WAN), deposit=3 * WAN, employees=35)
    bank.loan("L0001341", "000134", "loan_working_capital", "2024-09-02", "2026-09-02", "0.0585",
              guarantee="credit", rating="CCC",
              balances=[("2025-08-01", 480 * WAN, "2", 12), ("2026-01-10", 480 * WAN, "3", 110),
                        ("2026-06-05", 480 * WAN, "4", 250), ("2026-09-10", 455 * WAN, "5", 360)])
    company("000135", "澜州瑞景电子材料有限公司", "C3985", "01120",
            "recovers: substandard until April 2026, pass again after a restructuring (the provision is released)",
            statement=(1.5 * YI, 8800 * WAN), deposit=150 * WAN, employees=240)
    bank.loan("L0001351", "000135", "loan_fixed_asset", "2023-05-08", "2028-05-08", "0.0435", floating=12,
              guarantee="mortgaged", rating="BB",
              balances=[("2025-08-01", 5200 * WAN, "substandard", 125),
                        ("2026-04-16", 4800 * WAN, "special_mention", 0),
                        ("2026-07-20", 4600 * WAN, "pass", 0)])
    company("000136", "澄浦金穗粮油有限公司", "C1371", "01210",
            "internal rating D and BB+ (a grade without a row): expected loss by rating, or by risk grade",
            statement=(8000 * WAN, 1.1 * YI), deposit=260 * WAN, employees=170)
    bank.loan("L0001361", "000136", "loan_working_capital", "2025-02-18", "2027-02-18", "0.0460",
              guarantee="credit", rating="D", balances=[("2025-08-01", 150 * WAN, "special_mention", 20)])
    bank.loan("L0001362", "000136", "loan_trade_finance", "2026-04-08", "2027-04-08", "0.0390",
              guarantee="pledged", rating="BB+", balances=[("2026-04-08", 420 * WAN, "pass")])
    company("000137", "华东远达进出口有限公司", "F5122", "01010",
            "a loan in USD, priced on the USD curve and converted at the month's last rate",
            statement=(2.2 * YI, 4.6 * YI), deposit=1300 * WAN, employees=95)
    bank.loan("L0001371", "000137", "loan_trade_finance", "2026-02-02", "2027-02-02", "0.0535", currency="USD",
              guarantee="pledged", rating="A",
              balances=[("2026-02-02", 300 * WAN, "pass"), ("2026-08-06", 180 * WAN, "pass")])
    company("000138", "澜州隆泰金属制品有限公司", "C3311", "01110",
            "a fixed-rate loan from 2016, before the first curve: `no_ftp_curve` in the unpriced instruments",
            statement=(9000 * WAN, 7200 * WAN), deposit=180 * WAN, employees=190)
    bank.loan("L0001381", "000138", "loan_fixed_asset", "2016-08-15", "2026-08-15", "0.0490",
              guarantee="mortgaged", rating="A",
              balances=[("2025-08-01", 300 * WAN, "pass"), ("2026-02-15", 150 * WAN, "pass"),
                        ("2026-08-15", 0, "pass")])


# --- Size by the statistical standard ----------------------------------------------------------------------

def plant_statistical_sizes(bank):
    """statistical_size, one row per way through it; those without a loan also sit on the capital bounds."""
    company, statement = bank.company, bank.statement

    company("000140", "汾原沃野粮食种植有限公司", "A0111", "02210",
            "farming goes by revenue alone, exactly 2亿: large; registered capital exactly 50亿: extra_large",
            statement=(4 * YI, 2 * YI), capital=50 * YI, deposit=900 * WAN, employees=None)
    company("000141", "朔阳远征重型汽车有限公司", "C3670", "02110",
            "industry, 1,000 people and 4亿: large on both; registered capital one cent below 50亿: large",
            statement=(9 * YI, 4 * YI), capital=50 * YI - 0.01, deposit=2700 * WAN, employees=1000)
    company("000142", "澜州贝尔电器有限公司", "C3961", "01110",
            "999 people and 4亿: medium, the worse indicator decides; registered capital one cent above 50亿",
            statement=(9 * YI, 4 * YI), capital=50 * YI + 0.01, deposit=2500 * WAN, employees=999)
    company("000143", "蜀宁竹海竹纤维有限公司", "C2022", "03120",
            "20 people and 300万: small, both on the bound; registered capital exactly 1亿: large",
            statement=(800 * WAN, 300 * WAN), capital=1 * YI, deposit=30 * WAN, employees=20)
    company("000144", "蜀宁梅溪工艺品有限公司", "2438", "03120",
            "19 people: micro; industry code delivered without its letter; registered capital one cent below 1亿",
            statement=(800 * WAN, 300 * WAN), capital=1 * YI - 0.01, deposit=28 * WAN, employees=19)
    company("000145", "华北第三建筑工程有限公司", "E4710", "02120",
            "construction, revenue 8亿 but assets one cent below: medium; registered capital exactly 0.1亿: medium",
            statement=(8 * YI - 0.01, 8 * YI), capital=0.1 * YI, deposit=4100 * WAN, employees=3000)
    company("000146", "澄浦信达石化批发有限公司", "F5162", "01210",
            "wholesale, 5 people and 1,000万: small; registered capital one cent below 0.1亿: small",
            statement=(2600 * WAN, 1000 * WAN), capital=0.1 * YI - 0.01, deposit=55 * WAN, employees=5)
    company("000147", "朔阳风驰货运有限公司", "G5431", "02110",
            "road haulage, 299 people: small; registered capital exactly 0.05亿: small",
            statement=(4200 * WAN, 3000 * WAN), capital=0.05 * YI, deposit=85 * WAN, employees=299)
    company("000148", "陇泉丰仓储运有限公司", "G5951", "03210",
            "warehousing, 100 people and 1,000万: medium; registered capital one cent below 0.05亿: micro",
            statement=(3900 * WAN, 1000 * WAN), capital=0.05 * YI - 0.01, deposit=62 * WAN, employees=100)
    company("000149", "澜州迅捷邮政服务有限公司", "G6010", "01110",
            "post, 2亿 of revenue and 1,200 people: medium by revenue",
            statement=(1.2 * YI, 2 * YI), capital=6000 * WAN, deposit=310 * WAN, employees=1200)
    company("000150", "蜀宁云顶大酒店有限公司", "H6110", "03110",
            "hotel, 1亿 exactly and 300 people: large",
            statement=(2.9 * YI, 1 * YI), capital=8000 * WAN, deposit=480 * WAN, employees=300)
    company("000151", "汾原广联通信有限公司", "I6312", "02210",
            "telecommunications, 99 people: small",
            statement=(9000 * WAN, 6000 * WAN), capital=3000 * WAN, deposit=140 * WAN, employees=99)
    company("000152", "澜州安居物业服务有限公司", "K7020", "01120",
            "property management without a loan: an ordinary no-credit company, micro with 99 people",
            statement=(1500 * WAN, 900 * WAN), capital=500 * WAN, deposit=110 * WAN, employees=99)
    company("000153", "华东信实租赁有限公司", "L7211", "01010",
            "leasing and business services go by people and total assets, exactly 12亿: large",
            statement=(12 * YI, 2.2 * YI), capital=3 * YI, deposit=2200 * WAN, employees=300)
    company("000154", "澜州方圆检测技术有限公司", "M7451", "01120",
            "research and technical services go by people alone: sized from the customer's 100, no statement needed",
            capital=1200 * WAN, deposit=96 * WAN, employees=100)
    company("000155", "朔阳自在商业地产租赁有限公司", "K7040", "02120",
            "letting of own property is outside the standard: `industry_not_covered`",
            statement=(4 * YI, 3800 * WAN), capital=1 * YI + 0.01, deposit=370 * WAN, employees=28)
    company("000156", "岚江汽车金融有限公司", "J6634", "01010",
            "finance is outside the standard: `industry_not_covered`",
            statement=(22 * YI, 3.1 * YI), capital=5 * YI, deposit=3900 * WAN, employees=210)
    company("000157", "陇泉黄河古渡文化有限公司", "R8810", "03210",
            "nobody ever told how many people it has: `missing_value:employees`; nor its capital",
            statement=(1200 * WAN, 600 * WAN), capital=None, deposit=19 * WAN, employees=None)
    company("000158", "澄浦顺风船务代理有限公司", "G5521", "01210",
            "people known from the customer, revenue from nowhere: statistical size `no_statement`",
            capital=800 * WAN, deposit=44 * WAN, employees=36)
    company("000159", "蜀宁三叶家政服务有限公司", "", "03110",
            "no industry code: `industry_not_covered`",
            statement=(300 * WAN, 260 * WAN), capital=100 * WAN, deposit=12 * WAN, employees=55)
    company("000160", "汾原老槐树木业有限公司", "C", "02210",
            "industry known by its section only (`C`): still covered",
            statement=(2100 * WAN, 2300 * WAN), capital=600 * WAN, deposit=52 * WAN, employees=64)
    company("000161", "朔阳碧水环保科技有限公司", "N7721", "02120",
            "people differ: the statement says 300 (large), the customer record 80; the statement wins",
            capital=2000 * WAN, deposit=73 * WAN, employees=80)
    statement("000161", "2025-12-31", 9000 * WAN, 4200 * WAN, employees=300)


# --- Companies without credit ------------------------------------------------------------------------------

def plant_no_credit_companies(bank):
    """no_credit_deposit_scale, marketing_class, credit lines, currencies."""
    company, account = bank.company, bank.account

    company("000201", "澜州同心玩具有限公司", "C2438", "01110",
            "deposit average exactly 50万: above_scale", deposit=50 * WAN, capital=300 * WAN, employees=40)
    company("000202", "澜州翠竹园林绿化有限公司", "E4813", "01110",
            "deposit average one cent below 50万: below_scale", deposit=50 * WAN - 0.01, capital=300 * WAN)
    company("000203", "朔阳大成贸易有限公司", "F5137", "02120",
            "deposit average one cent above 50万", deposit=50 * WAN + 0.01, capital=200 * WAN)
    company("000204", "澄浦蓝湾水产有限公司", "C1371", "01210",
            "grows: the average since January passes 50万 in August 2026 (`upgraded`)",
            deposit=[("2025-08-01", 20 * WAN), ("2026-05-18", 45 * WAN), ("2026-07-06", 160 * WAN)])
    company("000205", "汾原红灯笼印刷有限公司", "C2221", "02210",
            "shrinks: the average since January falls below 50万 in July 2026 (`downgraded`)",
            deposit=[("2025-08-01", 66 * WAN), ("2026-04-13", 31 * WAN), ("2026-08-03", 9 * WAN)])
    company("000206", "蜀宁盆地香料有限公司", "C1411", "03110",
            "western, deposit average exactly 30万: below the national bound, above the west's own from July",
            deposit=30 * WAN)
    company("000207", "陇泉长风能源投资有限公司", "L7211", "03210",
            "no account and no loan, but its controller 000503 is a wealthy customer: a lead",
            capital=2 * YI)
    company("000208", "岚江水务集团有限公司", "D4411", "01010",
            "deposits exactly 2亿: class_1; in September everybody visited as often as owed",
            deposit=2 * YI, capital=10 * YI, employees=1400)
    bank.visits("000208", "2026-09", president=1, corporate_head=2, relationship_manager=3)
    company("000209", "澜州机场管理有限公司", "G5532", "01110",
            "deposits one cent below 2亿: class_2; the president never came",
            deposit=2 * YI - 0.01, capital=6 * YI, employees=900)
    bank.visits("000209", "2026-09", corporate_head=2, relationship_manager=2, outlet_head=1)
    company("000210", "朔阳供热有限公司", "D4411", "02110",
            "deposits exactly 0.5亿: class_2, all visits made in October", deposit=0.5 * YI, capital=2 * YI)
    bank.visits("000210", "2026-10", president=1, corporate_head=2, relationship_manager=3, outlet_head=2)
    company("000211", "汾原公共交通有限公司", "G5441", "02210",
            "deposits one cent below 0.5亿: class_3; more visits than owed", deposit=0.5 * YI - 0.01, capital=1.5 * YI)
    bank.visits("000211", "2026-10", relationship_manager=5, outlet_head=3)
    company("000212", "澄浦自贸港务有限公司", "G5532", "01210",
            "month-end deposits swing over and under 2亿: class_1 and class_2 by turns",
            capital=8 * YI, employees=620,
            deposit=[("2025-08-01", 1.7 * YI), ("2026-03-30", 2.3 * YI), ("2026-04-20", 1.6 * YI),
                     ("2026-06-29", 2.05 * YI), ("2026-07-08", 1.9 * YI), ("2026-09-28", 2.4 * YI),
                     ("2026-10-12", 1.8 * YI)])
    company("000213", "蜀宁轨道交通建设有限公司", "E4813", "03110",
            "a credit line of exactly 2亿: class_1 with hardly any deposits; a credit customer without a loan",
            statement=(41 * YI, 9 * YI), deposit=90 * WAN, capital=20 * YI)
    bank.credit_line("CL000213", "000213", 2 * YI, "2025-11-01", "2027-11-01")
    company("000214", "朔阳冶金设备有限公司", "C3511", "02110",
            "a credit line one cent below 2亿: class_3",
            statement=(7 * YI, 3.4 * YI), deposit=310 * WAN, capital=1 * YI)
    bank.credit_line("CL000214", "000214", 2 * YI - 0.01, "2026-01-15", "2027-01-15")
    company("000215", "澜州新区城市投资有限公司", "L7211", "01120",
            "lines of 1.2亿 and 0.8亿; the first ends 2026-09-30, a period's last day: not counted in September",
            statement=(88 * YI, 6 * YI), deposit=2600 * WAN, capital=30 * YI)
    bank.credit_line("CL000215A", "000215", 1.2 * YI, "2025-09-30", "2026-09-30")
    bank.credit_line("CL000215B", "000215", 0.8 * YI, "2026-02-01")
    company("000216", "汾原焦化有限公司", "B0610", "02210",
            "a line but no loan until 2026-10-01: enterprise size by assets while it runs, then by registered capital",
            statement=(5.9 * YI, 4.4 * YI), deposit=720 * WAN, capital=0.08 * YI)
    bank.credit_line("CL000216", "000216", 5000 * WAN, "2025-10-01", "2026-10-01")

    company("000217", "华东环球商贸有限公司", "F5137", "01010",
            "a USD account next to the yuan one; 750万 dollars carry it over 0.5亿 and, in October, back under it",
            deposit=60 * WAN, capital=2000 * WAN)
    account("A0002172", "000217", "dep_demand_corp", opened="2020-03-02", rate="0.0080", currency="USD",
            balances=[("2025-08-01", 600 * WAN), ("2026-02-09", 750 * WAN), ("2026-10-16", 620 * WAN)])
    company("000218", "澄浦樱和精密仪器有限公司", "C3961", "01210",
            "an account in JPY, a currency without a rate: counts 0 and stands as `no_fx_rate`",
            deposit=210 * WAN, capital=1500 * WAN)
    account("A0002182", "000218", "dep_demand_corp", opened="2021-07-12", rate="0.0001", currency="JPY",
            balances=[("2025-08-01", 45_000_000), ("2026-06-22", 61_500_000)])
    company("000219", "蜀宁莱茵机械有限公司", "C3421", "03120",
            "an account in EUR: a rate to convert it, but no curve to price it",
            deposit=330 * WAN, capital=900 * WAN)
    account("A0002192", "000219", "dep_demand_corp", opened="2022-09-05", rate="0.0050", currency="EUR",
            balances=[("2025-08-01", 60 * WAN), ("2026-04-27", 85 * WAN)])
    company("000220", "朔阳清源酒店用品有限公司", "F5122", "02120",
            "an account without any interest rate, and a custody account without an FTP method: both unpriced",
            capital=120 * WAN)
    account("A0002201", "000220", "dep_demand_corp", opened="2018-01-08", rate="",
            balances=[("2025-08-01", 37 * WAN), ("2026-03-17", 29 * WAN)])
    account("A0002202", "000220", "third_party_custody", opened="2024-05-20", rate="0.0035", kind="special",
            balances=[("2025-08-01", 15 * WAN)])
    company("000221", "陇泉戈壁红农产品有限公司", "A0141", "03210",
            "closed its account 2026-03-15 in the first delivery, and left the bank in the second",
            capital=200 * WAN)
    account("A0002211", "000221", "dep_demand_corp", opened="2019-05-06", closed="2026-03-15",
            balances=[("2025-08-01", 66 * WAN), ("2026-01-19", 23 * WAN)])
    bank.change("customers", "000221", SECOND, status="closed")
    company("000222", "澜州鼎新五金有限公司", "C3311", "01110",
            "overdrawn since June 2026: a negative balance is kept, but drives no cost", capital=100 * WAN,
            deposit=[("2025-08-01", 8 * WAN), ("2026-06-10", -3.2 * WAN)])


# --- Effective customers, payroll --------------------------------------------------------------------------

FREE = ("e_banking_corp", "sms_notice", "pos_terminal", "phone_payment", "payroll")


def plant_effective_customers(bank):
    """Effective customers: products signed, balances on and near usual rungs, and those about to fall."""
    def effective(customer_id, name, industry_code, branch_id, shows, deposit, free_products, **columns):
        bank.company(customer_id, name, industry_code, branch_id, shows, deposit=deposit,
                     **{"capital": 500 * WAN, **columns})
        for product in FREE[:free_products]:
            bank.holding(customer_id, product, "2024-06-03")

    effective("000230", "岚江医药流通股份有限公司", "F5122", "01110", "1,200万 and four free products", 1200 * WAN, 4)
    effective("000231", "澜州一品茶业有限公司", "C1512", "01120", "50万 exactly, three free products", 50 * WAN, 3)
    effective("000232", "朔阳老兵搬运服务有限公司", "G5431", "02110", "42万: within 20 % below 50万", 42 * WAN, 3)
    effective("000233", "汾原皮影文化有限公司", "R8890", "02210", "80万 but only two free products", 80 * WAN, 2)
    effective("000234", "蜀宁山货电商有限公司", "F5211", "03110",
              "three free products and no active account: closed in April 2026", None, 3)
    bank.account("A0002341", "000234", "dep_demand_corp", opened="2021-03-08", closed="2026-04-20",
                 balances=[("2025-08-01", 150 * WAN), ("2026-02-03", 110 * WAN)])
    effective("000235", "澄浦渔港冷冻有限公司", "C1371", "01210",
              "the average since January holds 100万, the month's fell to 20万 in September: at_risk",
              [("2025-08-01", 180 * WAN), ("2026-08-24", 20 * WAN)], 4)
    effective("000236", "朔阳学府书店有限公司", "F5211", "02120", "10万 exactly, three free products", 10 * WAN, 3)
    effective("000237", "陇泉红柳牧业有限公司", "A0141", "03210", "8.5万: near the 10万 rung", 8.5 * WAN, 3)
    effective("000238", "蜀宁天佑医疗器械有限公司", "F5137", "03120", "500万 exactly, five free products", 500 * WAN, 5)
    effective("000239", "汾原铁道器材有限公司", "C3311", "02210", "420万: near the 500万 rung", 420 * WAN, 3)
    effective("000246", "汾原老城药房连锁有限公司", "F5137", "02210",
              "1,200万 and four free products in 2025, gone with the new year: its branch shrinks against the target; "
              "no manager looks after it",
              [("2025-08-01", 1200 * WAN), ("2026-01-01", 0.5 * WAN)], 4, relationship_manager_id="")


def plant_payroll(bank):
    """Payroll: none, opened, effective, stopped, new, and one that pays a handful of its people."""
    company = bank.company
    company("000240", "澜州海棠家居股份有限公司", "C2022", "01110", "payroll effective: 120 people paid every month",
            deposit=380 * WAN, employees=125)
    bank.holding("000240", "payroll", "2023-03-01")
    bank.payroll("000240", "2025-08", "2026-10", people=120, amount=93 * WAN)
    company("000241", "澄浦蔚蓝游艇制造有限公司", "C3792", "01210", "payroll opened, nobody paid yet",
            deposit=270 * WAN, employees=66)
    bank.holding("000241", "payroll", "2026-06-15")
    company("000242", "朔阳民生超市有限公司", "F5211", "02120", "no payroll: a gap with a basic account",
            deposit=190 * WAN, employees=210)
    company("000243", "汾原新潮服装有限公司", "C1751", "02210", "payroll stopped after April 2026",
            deposit=120 * WAN, employees=150)
    bank.holding("000243", "payroll", "2022-11-07")
    bank.payroll("000243", "2025-08", "2026-04", people=140, amount=81 * WAN)
    company("000244", "蜀宁麒麟动漫科技有限公司", "I6513", "03120", "new customer of July 2026, paying from August",
            opened="2026-07-06", established="2024-05-20", deposit=[("2026-07-06", 300 * WAN)], employees=58)
    bank.holding("000244", "payroll", "2026-07-20")
    bank.payroll("000244", "2026-08", "2026-10", people=55, amount=71 * WAN)
    company("000245", "陇泉同泰水泥有限公司", "C3011", "03210", "payroll for 8 people of 300",
            statement=(2 * YI, 1.2 * YI), deposit=160 * WAN, loan=2500 * WAN, employees=300)
    bank.holding("000245", "payroll", "2025-01-13")
    bank.payroll("000245", "2025-08", "2026-10", people=8, amount=6.4 * WAN)
    company("000247", "陇泉大漠驼铃旅行社有限公司", "L7291", "03210", "40 people paid every month, without a contract",
            deposit=105 * WAN, employees=44)
    bank.payroll("000247", "2026-03", "2026-10", people=40, amount=26 * WAN)
    company("000248", "岚江星舟航模科技有限公司", "C2438", "01010",
            "the only new customer of its branch, opened in November 2025, and it pays 12 people: target met",
            opened="2025-11-05", established="2025-09-30", deposit=[("2025-11-05", 150 * WAN)], employees=12)
    bank.holding("000248", "payroll", "2025-12-01")
    bank.payroll("000248", "2026-01", "2026-10", people=12, amount=9.6 * WAN)


# --- Real estate and emerging companies --------------------------------------------------------------------

def plant_real_estate_and_emerging(bank):
    """Segments by industry and tag, and in which order they match."""
    company = bank.company
    company("000301", "澜州滨湖置业有限公司", "K7010", "01110",
            "a developer with loan: credit_real_estate_company; exposure class real_estate",
            statement=(38 * YI, 9.6 * YI), deposit=7600 * WAN, employees=180)
    bank.loan("L0003011", "000301", "loan_real_estate_dev", "2025-03-17", "2028-03-17", "0.0435", floating=3,
              guarantee="mortgaged", rating="BBB", project="PJ01",
              balances=[("2025-08-01", 3 * YI, "pass"), ("2026-06-17", 2.6 * YI, "pass")])
    company("000302", "朔阳万家物业管理有限公司", "K7020", "02120",
            "property management with a loan: real estate too, the whole of K70",
            statement=(4600 * WAN, 3100 * WAN), deposit=150 * WAN, loan=400 * WAN, employees=420)
    company("000303", "蜀宁锦水房地产开发有限公司", "K7010", "03110",
            "a developer without loan until 2026-08-12: no_credit_company, then credit_real_estate_company",
            statement=(12 * YI, 2.4 * YI), deposit=900 * WAN, employees=75)
    bank.loan("L0003031", "000303", "loan_real_estate_dev", "2026-08-12", "2029-08-12", "0.0425", floating=12,
              guarantee="mortgaged", rating="A", project="PJ03", balances=[("2026-08-12", 1.5 * YI, "pass")])
    company("000304", "澜州蜂巢网络科技有限公司", "I6432", "01120",
            "internet (I64) with a loan: credit_emerging_company",
            statement=(2.1 * YI, 1.7 * YI), deposit=1500 * WAN, loan=1800 * WAN, employees=260)
    company("000305", "蜀宁万物智联有限公司", "I6532", "03120", "internet of things (I6532): emerging",
            statement=(8600 * WAN, 6100 * WAN), deposit=420 * WAN, loan=700 * WAN, employees=130)
    company("000306", "澄浦闪付科技有限公司", "J6930", "01210", "mobile payment (J6930): emerging",
            statement=(3.3 * YI, 9200 * WAN), deposit=6100 * WAN, loan=900 * WAN, employees=150)
    company("000307", "汾原智造装备有限公司", "C3421", "02210", "a machine maker tagged emerging_internet: emerging",
            statement=(1.4 * YI, 9700 * WAN), deposit=380 * WAN, loan=2100 * WAN, employees=220)
    bank.tag("000307", "emerging_internet", "2025-01-01", source="省工信厅名录")
    company("000308", "朔阳智慧园区开发有限公司", "K7010", "02120",
            "a developer tagged emerging_iot: the tag comes before K70",
            statement=(6.5 * YI, 1.1 * YI), deposit=510 * WAN, loan=8000 * WAN, employees=90)
    bank.tag("000308", "emerging_iot", "2025-07-01", source="市科技局名录")
    company("000309", "澜州扫码通设备有限公司", "C3961", "01120",
            "its tag emerging_mobile_payment ends 2026-08-15: emerging to July, traditional from August",
            statement=(7800 * WAN, 6600 * WAN), deposit=240 * WAN, loan=1300 * WAN, employees=115)
    bank.tag("000309", "emerging_mobile_payment", "2024-08-15", "2026-08-15")
    company("000310", "陇泉云桥物联网有限公司", "6532", "03210", "the same I6532 without its letter: emerging",
            statement=(1900 * WAN, 1200 * WAN), deposit=70 * WAN, loan=180 * WAN, employees=33)
    company("000311", "澄浦万顷海景房地产有限公司", "K7010", "01210",
            "a developer in trouble: dev loan substandard from August 2026",
            statement=(21 * YI, 3.2 * YI), deposit=25 * WAN, employees=60)
    bank.loan("L0003111", "000311", "loan_real_estate_dev", "2024-07-08", "2027-07-08", "0.0530", floating=6,
              guarantee="mortgaged", rating="CCC", project="PJ02",
              balances=[("2025-08-01", 2 * YI, "special_mention", 15), ("2026-08-10", 1.98 * YI, "substandard", 101)])
    bank.tag("000304", "listed_company", "2023-09-12", source="交易所公告")
    bank.tag("000106", "province_tax_top_200", "2026-01-01", "2027-01-01", source="省税务局")


# --- Institutions ------------------------------------------------------------------------------------------

def plant_institutions(bank):
    """Every institution type and administrative level, with and without credit."""
    institution, company = bank.institution, bank.company
    institution("000401", "岚江省财政厅", "party_government", "province", "01010",
                "province: enterprise size large; deposits of 8.6亿: class_1", deposit=8.6 * YI)
    institution("000402", "澜江流域水文总局", "public_institution", "ministry", "01010", "ministry: large",
                deposit=3200 * WAN)
    institution("000403", "朔京市住房公积金管理中心", "public_institution", "municipality", "02120",
                "municipality: large", deposit=4.1 * YI)
    institution("000404", "澜州市教育局", "party_government", "prefecture", "01110", "prefecture: medium",
                deposit=5600 * WAN)
    institution("000405", "云台县人民医院", "hospital", "county", "03120",
                "county hospital with a loan: credit_institution, medium", deposit=1800 * WAN, loan=4500 * WAN)
    institution("000406", "河口镇中心小学", "school", "township", "03210", "township: small", deposit=85 * WAN)
    institution("000407", "柳岸村股份经济合作社", "social_organization", "village", "01110", "village: small",
                deposit=42 * WAN)
    institution("000408", "澜州市企业家协会", "social_organization", "", "01120",
                "no administrative level: `no_admin_level`", deposit=130 * WAN)
    institution("000409", "朔阳钢铁工会委员会", "trade_union", "prefecture", "02110", "a trade union",
                deposit=260 * WAN)
    institution("000410", "驻汾原某部后勤保障处", "military", "prefecture", "02210", "a military unit",
                deposit=1900 * WAN)
    company("000411", "蜀宁康和医院有限公司", "Q8411", "03110",
            "a company that is a hospital, with a loan: credit_institution, judged by administrative level",
            institution_type="hospital", admin_level="county", deposit=1100 * WAN, loan=6000 * WAN, employees=480)
    company("000412", "澜州市政设计研究院有限公司", "M7485", "01110",
            "a design institute without loan: no_credit_institution", institution_type="design_institute",
            admin_level="prefecture", deposit=640 * WAN, employees=210)
    company("000413", "汾原博文中等职业学校有限公司", "P8336", "02210",
            "a school as a company, level unknown: `no_admin_level`", institution_type="school",
            deposit=170 * WAN, loan=900 * WAN, employees=120)
    institution("000414", "朔阳大学", "school", "province", "02120",
                "repays its last loan 2026-06-18: credit_institution, then no_credit_institution", deposit=9800 * WAN)
    bank.loan("L0004141", "000414", "loan_fixed_asset", "2021-06-18", "2026-06-18", "0.0380", floating=12,
              guarantee="credit", rating="AA",
              balances=[("2025-08-01", 6000 * WAN, "pass"), ("2025-12-18", 3000 * WAN, "pass"),
                        ("2026-06-18", 0, "pass")])
    company("000415", "陇泉市政环卫服务有限公司", "N7820", "03210",
            "a company of type public_institution is not among the three that count as institutions: traditional",
            institution_type="public_institution", admin_level="prefecture", statement=(5400 * WAN, 4700 * WAN),
            deposit=310 * WAN, loan=600 * WAN, employees=640)


# --- Persons and sole traders ------------------------------------------------------------------------------

def plant_persons(bank):
    """Individuals, sole traders, and who is linked to which company."""
    person, relate, holding = bank.person, bank.relate, bank.holding
    person("000501", "方慧敏", "01110", "legal representative of 000101, holds everything the bank sells to persons",
           deposit=860 * WAN)
    for product in ("debit_card", "credit_card", "mobile_banking", "wealth_management", "precious_metal"):
        holding("000501", product, "2023-04-11")
    relate("000101", "000501", "legal_representative", "2015-01-01")
    person("000502", "贺长林", "01120", "finance head of 000104 with nothing but an empty account: a retail lead",
           deposit=0)
    relate("000104", "000502", "finance_head", "2022-03-01")
    person("000503", "欧阳静怡", "03210", "controls 000207, which has no account here: a corporate lead",
           deposit=2300 * WAN)
    relate("000207", "000503", "controller", "2018-06-01")
    holding("000503", "wealth_management", "2024-02-20")
    person("000504", "邵文博", "01110", "borrowed a mortgage in project PJ01; executive of 000106", deposit=12 * WAN)
    bank.loan("L0005041", "000504", "mortgage", "2026-03-12", "2056-03-12", "0.0330", floating=12,
              guarantee="mortgaged", project="PJ01",
              balances=[("2026-03-12", 168 * WAN, "pass"), ("2026-09-12", 166.5 * WAN, "pass")])
    relate("000106", "000504", "executive", "2020-01-01")
    person("000505", "谭雪梅", "01120",
           "controls 000127; its buyers pay into her account, and what she passes on to it is not collected twice",
           deposit=95 * WAN)
    relate("000127", "000505", "controller", "2014-05-01")
    relate("000127", "000505", "legal_representative", "2014-05-01")
    person("000506", "古丽娜", "03120", "paid by 000240 and a shareholder of 000103: two relations", deposit=7 * WAN)
    relate("000240", "000506", "payroll_employee", "2023-03-01")
    relate("000103", "000506", "shareholder", "2021-08-01")
    person("000507", "司徒远航", "01210", "shareholder of 000110 until 2026-06-30: a relation that ended",
           deposit=31 * WAN)
    relate("000110", "000507", "shareholder", "2016-02-01", "2026-06-30")
    person("000508", "牛振华", "02110", "a personal loan that goes overdue: special_mention, then substandard",
           deposit=0.3 * WAN)
    bank.loan("L0005081", "000508", "loan_personal", "2025-09-15", "2027-09-15", "0.0620", guarantee="credit",
              balances=[("2025-09-15", 20 * WAN, "pass"), ("2026-06-22", 13.6 * WAN, "special_mention", 38),
                        ("2026-09-08", 13.6 * WAN, "substandard", 116)])
    person("000509", "林若岚", "01010", "a personal account in USD", deposit=55 * WAN)
    bank.account("A0005092", "000509", "dep_demand_retail", opened="2023-10-09", rate="0.0120", currency="USD",
                 kind="personal", balances=[("2025-08-01", 48_000), ("2026-07-14", 52_500.55)])
    person("000510", "莫愁", "02210", "a fixed mortgage of 2016, older than every curve: unpriced", deposit=4 * WAN)
    bank.loan("L0005101", "000510", "mortgage", "2016-05-10", "2036-05-10", "0.0465", guarantee="mortgaged",
              balances=[("2025-08-01", 61 * WAN, "pass"), ("2026-05-10", 57.2 * WAN, "pass")])
    person("000511", "陆承宇", "03110",
           "middle manager of 000150 without any product: a retail lead; none with 000207, which has none either",
           deposit=None)
    relate("000150", "000511", "middle_manager", "2024-07-01")
    relate("000207", "000511", "executive", "2025-02-01")

    bank.sole_trader("000551", "滨湖区老陈修车铺", "01110", "a sole trader with a loan stays retail_managed",
                     deposit=14 * WAN)
    bank.loan("L0005511", "000551", "loan_personal", "2025-12-03", "2027-12-03", "0.0510", guarantee="guaranteed",
              balances=[("2025-12-03", 30 * WAN, "pass"), ("2026-06-03", 22.5 * WAN, "pass")])
    bank.sole_trader("000552", "锦水夜市唐记冒菜店", "03110", "a sole trader without a loan", deposit=3.6 * WAN)


# --- Groups ------------------------------------------------------------------------------------------------

def plant_groups(bank):
    """Groups of every grade; a parent's tag, a missing parent, members that change sides."""
    company = bank.company
    company("000601", "岚江能源集团有限公司", "D4411", "01010",
            "parent of G01, strategic, a global 500 company, much business: meant for A1",
            statement=(620 * YI, 310 * YI), deposit=6 * YI, loan=12 * YI, employees=38000, capital=120 * YI,
            group="G01", role="parent")
    bank.tag("000601", "strategic_customer", "2023-01-01")
    bank.tag("000601", "fortune_global_500", "2024-07-01", source="财富榜单")
    company("000602", "岚江能源（西部）新能源有限公司", "D4411", "03110",
            "member of G01: strategic through its parent, on 5,000万 of revenue",
            statement=(9 * YI, 5000 * WAN), deposit=2100 * WAN, loan=3 * YI, employees=160, group="G01", role="member")
    company("000603", "朔阳岚能热电有限公司", "D4411", "02110",
            "member of G01 without a loan",
            statement=(15 * YI, 6 * YI), deposit=1.1 * YI, employees=520, group="G01", role="member")
    company("000611", "澄浦航运有限公司", "G5521", "01210",
            "G02 has no parent here: its host is the branch with the largest exposure",
            statement=(8 * YI, 2.7 * YI), deposit=1600 * WAN, loan=6000 * WAN, employees=380, group="G02",
            role="member")
    company("000612", "朔阳内河运输有限公司", "G5521", "02120",
            "member of G02 with the largest exposure: 02120 hosts the group",
            statement=(11 * YI, 3.9 * YI), deposit=900 * WAN, loan=2.4 * YI, employees=610, group="G02", role="member")
    company("000621", "华夏澜光显示技术股份有限公司", "C3985", "01120",
            "parent of G03: strategic influence 95, little business yet: meant for A2",
            statement=(140 * YI, 66 * YI), deposit=800 * WAN, loan=1500 * WAN, employees=9200, capital=60 * YI,
            group="G03", role="parent")
    bank.tag("000621", "listed_company", "2019-11-05", source="交易所公告")
    company("000622", "蜀宁澜光玻璃基板有限公司", "C3985", "03120", "member of G03",
            statement=(18 * YI, 7 * YI), deposit=350 * WAN, loan=2000 * WAN, employees=760, group="G03", role="member")
    company("000631", "汾原老窖股份有限公司", "C1512", "02210",
            "parent of G04: exemplar of its industry: meant for B1",
            statement=(26 * YI, 12 * YI), deposit=4700 * WAN, loan=5000 * WAN, employees=2600, group="G04",
            role="parent")
    bank.tag("000631", "province_tax_top_200", "2025-01-01", "2027-01-01", source="省税务局")
    company("000632", "汾原老窖文旅有限公司", "R8890", "02210", "member of G04",
            statement=(1.1 * YI, 3900 * WAN), deposit=260 * WAN, employees=140, group="G04", role="member")
    company("000641", "澜州嘉禾饲料有限公司", "C1371", "01110", "parent of G05, an ordinary group: meant for B2",
            statement=(1.8 * YI, 2.2 * YI), deposit=450 * WAN, loan=2500 * WAN, employees=290, group="G05",
            role="parent")
    company("000642", "陇泉嘉禾养殖有限公司", "A0141", "03210",
            "member of G05; the third batch moves it to G01, where it is strategic from October",
            statement=(9500 * WAN, 5200 * WAN), deposit=80 * WAN, loan=1200 * WAN, employees=85, group="G05",
            role="member")
    bank.change("customers", "000642", THIRD, group_id="G01")
    company("000651", "朔阳鑫海煤焦集团有限公司", "B0610", "02110",
            "parent of G06: bad loans, contribution below zero: meant for C",
            statement=(6 * YI, 1.9 * YI), deposit=9 * WAN, employees=450, group="G06", role="parent")
    bank.loan("L0006511", "000651", "loan_working_capital", "2024-03-06", "2026-03-06", "0.0560",
              guarantee="credit", rating="CCC",
              balances=[("2025-08-01", 8000 * WAN, "substandard", 120), ("2026-03-06", 7900 * WAN, "doubtful", 330)])
    company("000652", "朔阳鑫海洗煤有限公司", "B0610", "02110", "member of G06",
            statement=(6600 * WAN, 2100 * WAN), deposit=4 * WAN, loan=600 * WAN, employees=70, group="G06",
            role="member")
    for customer_id, influence, exemplar in (("000601", 90, 85), ("000621", 95, 60), ("000631", 55, 92),
                                             ("000641", 40, 45), ("000651", 15, 10)):
        bank.score(customer_id, "strategic_influence", influence)
        bank.score(customer_id, "industry_exemplar", exemplar)


# --- Corrections and changed versions ----------------------------------------------------------------------

def plant_corrections(bank):
    """What later batches correct: attributes, balances, owners."""
    company = bank.company
    company("000701", '澜州"三江",汇源饮品有限公司', "C1411", "01110",
            "a name with a comma and quotes", deposit=58 * WAN, employees=44)
    company("000702", "陇泉市第二人民医院", "Q8411", "03210",
            "delivered as a company, corrected by the third batch: an institution (hospital, prefecture) from October",
            deposit=420 * WAN, employees=360)
    bank.change("customers", "000702", THIRD, party_type="institution", institution_type="hospital",
                admin_level="prefecture", industry_code="")
    company("000703", "澜州浅水湾度假酒店有限公司", "H6110", "01110",
            "corrected by the second batch with five unusable optional values: they are emptied, the customer stays",
            deposit=88 * WAN, employees=75)
    bank.change("customers", "000703", SECOND)
    bank.holding("000703", "sms_notice", "2026-09-09")
    company("000704", "朔阳白桦林家具有限公司", "C2022", "02120",
            "its account came in the first batch, the customer itself only in the second",
            batch=SECOND, opened="2026-08-24", capital=600 * WAN, employees=52)
    company("000705", "澄浦旧港仓储有限公司", "G5951", "01210",
            "merged into 000706: the third batch hands its account over", capital=400 * WAN)
    bank.account("A0007051", "000705", "dep_demand_corp", opened="2012-04-09",
                 balances=[("2025-08-01", 130 * WAN), ("2026-05-11", 145 * WAN)])
    company("000706", "澄浦新港仓储集团有限公司", "G5951", "01210",
            "takes over the account A0007051 of 000705 in October", deposit=220 * WAN, capital=3000 * WAN)
    bank.change("accounts", "A0007051", THIRD, customer_id="000706")
    bank.change("customers", "000705", THIRD, status="closed")
    company("000707", "澜州文渊阁文具有限公司", "F5211", "01110",
            "its account moves from branch 01110 to 01120 with the second batch, the customer's manager too",
            deposit=76 * WAN)
    bank.change("accounts", "A0007071", SECOND, branch_id="01120")
    bank.change("customers", "000707", SECOND, relationship_manager_id="E0304")
    company("000708", "华东西域香料贸易有限公司", "F5122", "01010",
            "moves from the east to the west in October: other branch, other region, other ladder",
            deposit=40 * WAN, capital=700 * WAN)
    bank.change("customers", "000708", THIRD, branch_id="03110", region_code="west", city_code="990310",
                relationship_manager_id="E0314")
    company("000710", "汾原中药饮片有限公司", "C2710", "02210",
            "its balance of 2026-08-20 lacked a digit; the third batch corrects August: class_3 becomes class_1",
            deposit=[("2025-08-01", 1900 * WAN), ("2026-08-20", 2005 * WAN), ("2026-09-14", 2100 * WAN)], employees=310)
    bank.balance("A0007101", "2026-08-20", 2.005 * YI, batch=THIRD)
    company("000711", "蜀宁锦官城丝绸有限公司", "C1751", "03110",
            "delivered again without any change in the third batch: no new version", deposit=67 * WAN)
    bank.change("customers", "000711", THIRD)
    bank.holding("000711", "e_banking_corp", "2026-10-12")
    company("000712", "朔阳草原乳业有限公司", "C1411", "02120",
            "written in all accepted ways: full-width digits, blanks, slashes, thousands commas",
            statement=(1.3 * YI, 2.4 * YI), deposit=[("2025-08-01", 345 * WAN), ("2026-08-05", 1_234_567.89)],
            loan=1600 * WAN, capital=12_345_678, employees=230)


# --- Property projects -------------------------------------------------------------------------------------

# project_id, as_of_date, developer, development loan in total, of it ours, mortgages in total, of it ours, shows
PROJECTS = [
    ("PJ01", "2026-06-30", "000301", 5 * YI, 3 * YI, 100, 60, "our share of the loan 60 %, of the mortgages 60 %: met"),
    ("PJ02", "2026-06-30", "000311", 5 * YI, 3 * YI, 100, 59, "one mortgage short of 60 %: not met"),
    ("PJ03", "2026-08-31", "000303", 1.5 * YI, 1.5 * YI, 100, 85, "sole lender, exactly 85 %: met"),
    ("PJ04", "2026-07-31", "000308", 0.8 * YI, 0.8 * YI, 100, 84, "sole lender, 84 %: not met in July and September"),
    ("PJ04", "2026-10-25", "000308", 0.8 * YI, 0.8 * YI, 120, 103,
     "85.8 % in the newest record: met in the third batch"),
    ("PJ05", "2025-12-31", "", 2 * YI, 1 * YI, 200, 150, "no record in 2026: `no_project_record`"),
    ("PJ06", "2026-08-15", "", 4 * YI, 1 * YI, 0, 0, "no mortgages yet: `no_project_record`"),
    ("PJ07", "2026-06-30", "", 3 * YI, 0, 80, 5, "no development loan of ours: no floor"),
    ("PJ08", "2026-06-30", "", 3 * YI, 1 * YI, 99, 33, "exactly one third of both: met, compared without dividing"),
    ("PJ09", "2026-06-30", "", 3 * YI, 1 * YI, 100, 33, "33 of 100 is less than a third: not met"),
    ("PJ10", "2026-03-31", "", 2 * YI, 1 * YI, 40, 22, "met in March"),
    ("PJ10", "2026-09-28", "", 2 * YI, 1 * YI, 90, 40, "not met in the newest record of the year"),
]


def plant_projects(bank):
    for project_id, as_of_date, developer, loan_total, loan_ours, total, ours, shows in PROJECTS:
        bank.add("property_projects", project_id=project_id, as_of_date=as_of_date, developer_customer_id=developer,
                 development_loan_total=loan_total, development_loan_ours=loan_ours,
                 mortgages_total=str(total), mortgages_ours=str(ours))
        bank.tell("projects", project_id, f"{as_of_date}: {shows}")


# --- Referrals ---------------------------------------------------------------------------------------------

def plant_referrals(bank):
    """One referral per thing that the ledger can do. Participants: a list shares equally, a dict states shares."""
    referral, participants, review = bank.referral, bank.participants, bank.review
    change = bank.change

    referral("R00001", "wealth_management", "2026-03-18", 1, 100 * WAN, "D_WM", ["D_CORP"],
             "the plain case: 80.00 points, 16.00 to the lead, 64.00 to the participant",
             source="000101", buyer="000501", outlet="01111")
    referral("R00002", "debit_card", "2026-05-06", 1, 0, "D_PB", ["D_CORP", "D_INST", "D_SME"],
             "0.80 points among three: 0.27, 0.27, 0.26, the remainder to the first department ids",
             source="000240", buyer="000506", outlet="01111")
    referral("R00003", "credit_card", "2026-06-30", 2, 0, "D_CARD", {"D_CORP": 0.7, "D_SME": 0.3},
             "sold the day before the rule changes: 5 points each", source="000104", outlet="01121")
    referral("R00004", "credit_card", "2026-07-01", 2, 0, "D_CARD", {"D_CORP": 0.7, "D_SME": 0.3},
             "sold the day the rule changes: 6 points each", source="000104", outlet="01121")
    referral("R00005", "mobile_banking", "2026-08-11", 12, 0, "D_EB",
             {"D_CORP": 0.3333, "D_INST": 0.3333, "D_SME": 0.3333},
             "shares 0.3333 three times, off 1 by 0.0001: still whole", source="000404", outlet="01111")
    referral("R00006", "precious_metal", "2026-08-19", 3, 3.5 * WAN, "D_WM", ["D_CORP", "D_PB"],
             "a retail department among the participants is fine while one of the other line is there",
             source="000238", outlet="03121")
    referral("R00007", "dep_term_retail", "2026-08-20", 1, 60 * WAN, "D_PB", ["D_OPS"],
             "a shared department takes part; the product has no target and counts", buyer="000503", outlet="03211")
    referral("R00008", "third_party_custody", "2026-04-22", 2, 0, "D_WM", ["D_TRADE"],
             "no outlet, no customers named: still a referral")
    referral("R00009", "loan_personal", "2025-11-26", 2, 45 * WAN, "D_LOAN", ["D_SME"],
             "sold in 2025, known in August 2026: posts to 2026 and counts there", source="000127", outlet="01121")
    referral("R00010", "wealth_management", "2026-07-20", 1, 55 * WAN, "D_WM", ["D_INST"],
             "sold in July, delivered with the second batch: posts to September, July stays closed",
             batch=SECOND, source="000403", outlet="02121")

    referral("R00011", "credit_card", "2026-07-15", 3, 0, "D_CARD", ["D_CORP"],
             "withdrawn by the second batch: `reversal`, `withdrawn`", source="000105", outlet="02111")
    change("referrals", "R00011", SECOND, status="withdrawn")
    referral("R00012", "debit_card", "2026-08-03", 5, 0, "D_PB", ["D_CORP"],
             "withdrawn by the second, confirmed again by the third batch: `reinstated`", source="000242",
             outlet="02121")
    change("referrals", "R00012", SECOND, status="withdrawn")
    change("referrals", "R00012", THIRD, status="confirmed")
    referral("R00013", "payroll", "2026-08-07", 4, 0, "D_PB", ["D_SME"],
             "withdrawn in its first delivery: never enters the ledger", status="withdrawn", source="000241")
    referral("R00014", "third_party_custody", "2026-06-09", 3, 0, "D_WM", ["D_CORP"],
             "made a product without points by the second batch (`quarantined:no_point_rule`), mended by the third",
             source="000217", outlet="01111")
    change("referrals", "R00014", SECOND, product_code="cash_management")
    change("referrals", "R00014", THIRD, product_code="third_party_custody")
    referral("R00015", "precious_metal", "2026-07-09", 2, 2.4 * WAN, "D_WM", {"D_CORP": 1},
             "its only participant removed by share 0 in the second batch (`quarantined:no_participant`), never mended",
             source="000110", outlet="01211")
    participants("R00015", SECOND, {"D_CORP": 0})
    referral("R00016", "wealth_management", "2026-05-27", 1, 30 * WAN, "D_WM", {"D_CORP": 0.5, "D_SME": 0.5},
             "a third 0.5 in the second batch makes 1.5: `quarantined:shares_not_whole`; mended by the third",
             source="000112", outlet="02211")
    participants("R00016", SECOND, {"D_INST": 0.5})
    participants("R00016", THIRD, {"D_CORP": 0.25, "D_SME": 0.25})
    referral("R00017", "credit_card", "2026-08-13", 2, 0, "D_CARD", ["D_CORP"],
             "objection open in the second batch (`disputed`), upheld in the third: `reversal`, `objection_upheld`",
             source="000119", outlet="03111")
    review("RV0001", "R00017", "objection", "2026-09-09", "open", "机构业务部认为客户由本部门介绍")
    review("RV0002", "R00017", "objection", "2026-10-12", "upheld", "经核实，营销记录不实")
    referral("R00018", "loan_personal", "2026-08-18", 4, 62 * WAN, "D_LOAN", ["D_CORP"],
             "objection dismissed: the points stay", source="000130", outlet="03111")
    review("RV0003", "R00018", "objection", "2026-09-08", "open", "")
    review("RV0004", "R00018", "objection", "2026-09-21", "dismissed", "异议不成立")
    referral("R00019", "payroll", "2026-07-28", 60, 0, "D_PB", {"D_CORP": 0.6, "D_SME": 0.4},
             "compliance failed in the second batch, passed in the third: reversed, then `reinstated`",
             source="000243", outlet="02211")
    review("RV0005", "R00019", "compliance", "2026-09-18", "failed", "代发协议缺少单位签章")
    review("RV0006", "R00019", "compliance", "2026-10-16", "passed", "已补齐签章")
    referral("R00020", "loan_personal", "2026-06-16", 3, 48 * WAN, "D_LOAN", ["D_SME"],
             "spot check failed in the third batch: the product falls below half its target by it",
             source="000111", outlet="02211")
    review("RV0007", "R00020", "spot_check", "2026-10-20", "failed", "客户否认办理")
    referral("R00021", "mobile_banking", "2026-08-24", 9, 0, "D_EB", ["D_INST"],
             "spot check passed", source="000414", outlet="02121")
    review("RV0012", "R00001", "compliance", "2026-08-20", "passed", "抽阅双录资料")
    review("RV0008", "R00021", "spot_check", "2026-09-17", "passed", "")
    referral("R00022", "mobile_banking", "2026-09-24", 7, 0, "D_EB", ["D_CORP"],
             "objection still open in the third batch: `disputed`", source="000212", outlet="01211")
    review("RV0009", "R00022", "objection", "2026-10-09", "open", "数量存疑")
    referral("R00023", "mortgage", "2026-07-22", 1, 130 * WAN, "D_LOAN", ["D_RE"],
             "compliance failed, then passed in one batch: the newer review decides, nothing is reversed",
             source="000301", project="PJ01", outlet="01111")
    review("RV0010", "R00023", "compliance", "2026-09-03", "failed", "")
    review("RV0011", "R00023", "compliance", "2026-09-20", "passed", "")

    referral("R00024", "wealth_management", "2026-08-26", 1, 80 * WAN, "D_WM", ["D_CORP"],
             "amount corrected from 80万 to 8万 by the second batch: `adjustment`", source="000208", outlet="01111")
    change("referrals", "R00024", SECOND, amount=8 * WAN)
    referral("R00025", "third_party_custody", "2026-05-13", 2, 0, "D_WM", {"D_CORP": 0.7, "D_INST": 0.3},
             "shares corrected from 0.7 and 0.3 to half and half: an adjustment that sums to zero",
             source="000401", outlet="01111")
    participants("R00025", SECOND, {"D_CORP": 0.5, "D_INST": 0.5})
    referral("R00026", "debit_card", "2026-07-17", 4, 0, "D_CARD", ["D_SME"],
             "product corrected from debit to credit card by the third batch", source="000201", outlet="01111")
    change("referrals", "R00026", THIRD, product_code="credit_card")
    referral("R00027", "credit_card", "2026-07-02", 2, 0, "D_CARD", ["D_CORP"],
             "sold_date corrected to June by the second batch: 5 instead of 6 points", source="000107", outlet="01111")
    change("referrals", "R00027", SECOND, sold_date="2026-06-26")
    referral("R00028", "wealth_management", "2026-08-12", 1, 42 * WAN, "D_PB", ["D_TRADE"],
             "lead corrected from 个人金融部 to 财富管理部 by the third batch", source="000137", outlet="01111")
    change("referrals", "R00028", THIRD, lead_department_id="D_WM")
    referral("R00029", "precious_metal", "2026-08-06", 2, 1.8 * WAN, "D_WM", ["D_CORP", "D_TRADE"],
             "one of two participants removed by share 0 in the third batch: the other gets it all",
             source="000137", outlet="01111")
    participants("R00029", THIRD, {"D_TRADE": 0})
    referral("R00030", "wealth_management", "2026-09-16", 1, 25 * WAN, "D_WM", ["D_INST"],
             "the late correction: a September referral of 25万 was really 250万, says the third batch",
             source="000404", outlet="01111")
    change("referrals", "R00030", THIRD, amount=250 * WAN)

    referral("R00042", "wealth_management", "2026-10-21", 1, 12 * WAN, "D_WM", ["D_CORP"],
             "disputed by an objection that is still open while its month is recorded and not yet published",
             source="000208", buyer="000501", outlet="01111")
    review("RV0013", "R00042", "objection", "2026-10-28", "open", "客户经理不一致")
    referral("R00043", "dep_term_retail", "2026-09-11", 1, 30 * WAN, "D_PB", ["D_CORP"],
             "a deposit corrected from 30万 to 50万 by the third batch: the outlet's new deposits follow",
             source="000101", buyer="000501", outlet="01112")
    change("referrals", "R00043", THIRD, amount=50 * WAN)
    referral("R00044", "wealth_management", "2026-10-02", 1, 3 * WAN, "D_WM", ["D_CORP"],
             "a second fund for 000501: the fee of 20 October is outlet 01112's, that of 1 October is 01111's",
             source="000101", buyer="000501", outlet="01112")
    for day, fee in (("2026-10-01", 88), ("2026-10-20", 120.5)):
        bank.add("fee_transactions", transaction_id=f"F9{day[5:7]}{day[8:]}", customer_id="000501",
                 product_code="wealth_management", transaction_date=day, fee_amount=fee, branch_id="01110")
    for number, (project, product_date, amount) in enumerate((
            ("PJ01", "2026-04-15", 168 * WAN), ("PJ02", "2026-05-20", 120 * WAN), ("PJ03", "2026-08-25", 95 * WAN),
            ("PJ04", "2026-07-14", 210 * WAN), ("PJ05", "2026-06-11", 88 * WAN), ("PJ06", "2026-08-21", 134 * WAN),
            ("PJ07", "2026-06-24", 77 * WAN), ("PJ08", "2026-05-29", 150 * WAN), ("PJ09", "2026-06-05", 99 * WAN),
            ("PJ10", "2026-03-24", 143 * WAN), ("", "2026-08-27", 112 * WAN)), start=31):
        referral(f"R{number:05d}", "mortgage", product_date, 2, amount, "D_LOAN", ["D_RE"],
                 f"a mortgage in project {project}" if project else "a mortgage without a project: no floor",
                 project=project, outlet="01111")


# --- Wrong rows and odd spellings --------------------------------------------------------------------------

def plant_wrong_rows(bank):
    """Rows that must not get through, and optional values that must be emptied: one of each kind."""
    wrong, expect, spoil = bank.wrong, bank.expect, bank.spoil
    held = {"status": "active", "party_type": "company", "opened_date": "2020-05-11"}

    # the first batch
    wrong(FIRST, "customers", "missing_key", "the customer has no number",
          customer_id="", customer_name="无号客户有限公司", branch_id="01110", **held)
    wrong(FIRST, "customers", "missing_value:branch_id", "no branch",
          customer_id="000791", customer_name="漂泊商贸有限公司", **held)
    wrong(FIRST, "customers", "bad_code:party_type", "`partnership` is no party type",
          customer_id="000792", customer_name="合众合伙企业", branch_id="02110",
          **{**held, "party_type": "partnership"})
    wrong(FIRST, "accounts", "bad_type:opened_date", "opened on 30 February",
          account_id="A0007931", customer_id="000201", product_code="dep_demand_corp", opened_date="20260230")
    wrong(FIRST, "accounts", "unknown_reference:customer_id", "no batch ever brings customer 000799",
          account_id="A0007991", customer_id="000799", product_code="dep_demand_corp", opened_date="2024-02-05")
    bank.account("A0007041", "000704", "dep_demand_corp", opened="2026-08-24", balances=[("2026-09-01", 36 * WAN)])
    expect(FIRST, "accounts", "A0007041", "unknown_reference:customer_id", "its customer 000704 is not known yet",
           "the second batch brings the customer: accepted by itself")
    wrong(FIRST, "deposit_balances", "bad_type:balance", "three decimals",
          account_id="A0002011", balance_date="2026-08-17", balance="500000.125")
    wrong(FIRST, "fee_transactions", "bad_type:fee_amount", "`1e3` is no amount",
          transaction_id="F000001", customer_id="000101", product_code="cash_management",
          transaction_date="2026-08-19", fee_amount="1e3", branch_id="01110")
    wrong(FIRST, "loan_balances", "out_of_range:principal_balance", "a negative principal",
          loan_id="L0001041", balance_date="2026-08-22", principal_balance="-50000.00", risk_grade="pass")
    for date in ("2026-08-12", "2026-08-13"):
        wrong(FIRST, "visits", "duplicate_in_batch", "two visits with one number",
              visit_id="V000001", customer_id="000101", visitor_role="president", visitor_id="E0003", visit_date=date)
    bank.repeat(FIRST, "deposit_balances", ("A0002031", "2025-08-01"))
    bank.referral("R00091", "credit_card", "2026-09-02", 1, 0, "D_CARD", ["D_CORP"],
                  "sold two days after its batch (`out_of_range:sold_date`); the second batch corrects the date",
                  batch=FIRST, source="000104", outlet="01121")
    bank.change("referrals", "R00091", SECOND, sold_date="2026-08-26")
    expect(FIRST, "referrals", "R00091", "out_of_range:sold_date", "sold on 2026-09-02, after its batch",
           "the second batch corrects the date")
    bank.referral("R00092", "mobile_banking", "2026-08-25", 6, 0, "D_EB", [],
                  "no participant (`no_participant`); the second batch names one", source="000412", outlet="01111")
    bank.participants("R00092", SECOND, {"D_INST": None})
    expect(FIRST, "referrals", "R00092", "no_participant", "nobody took part",
           "the second batch brings the participant")

    # the second batch
    wrong(SECOND, "credit_lines", "missing_value:approved_amount", "a line of nothing",
          credit_line_id="CL000794", customer_id="000104", valid_from="2026-09-01")
    wrong(SECOND, "payroll_runs", "bad_type:employees_paid", "`十二` people",
          payroll_run_id="P000001", employer_customer_id="000245", paid_date="2026-09-21", employees_paid="十二",
          amount="9600.00")
    wrong(SECOND, "customer_scores", "out_of_range:score", "a score of 101",
          customer_id="000104", score_code="satisfaction", score_date="2026-09-28", score="101")
    spoil(SECOND, "customers", "000703", "phone", "12ab", "bad_type:phone")
    spoil(SECOND, "customers", "000703", "employees", "-5", "out_of_range:employees")
    spoil(SECOND, "customers", "000703", "established_date", "2026-13-01", "bad_type:established_date")
    spoil(SECOND, "customers", "000703", "registered_capital", "八百万", "bad_type:registered_capital")
    spoil(SECOND, "customers", "000703", "institution_type", "kindergarten", "bad_code:institution_type")
    bank.referral("R00093", "wealth_management", "2026-09-10", 1, 18 * WAN, "D_WM", ["D_CORP", "D_WM"],
                  "the lead is a participant too (`lead_is_participant`); the third batch removes it by share 0",
                  source="000110", outlet="01211")
    bank.participants("R00093", THIRD, {"D_WM": 0})
    expect(SECOND, "referrals", "R00093", "lead_is_participant", "财富管理部 leads and takes part",
           "the third batch removes it from the participants")
    bank.referral("R00094", "precious_metal", "2026-09-17", 1, 9000, "D_WM", {"D_CORP": 0.3333, "D_SME": 0.6665},
                  "shares of 0.9998 (`shares_not_whole`), never mended", source="000112", outlet="02211")
    expect(SECOND, "referrals", "R00094", "shares_not_whole", "0.3333 and 0.6665 make 0.9998")
    bank.referral("R00095", "payroll", "2026-09-22", 15, 0, "D_PB", {"D_CORP": 0.5, "D_SME": None},
                  "one share given, one not (`shares_not_whole`), never mended", source="000244", outlet="03121")
    expect(SECOND, "referrals", "R00095", "shares_not_whole", "one share given, the other not")
    expect(SECOND, "referrals", "R00014", "no_point_rule",
           "changed to a product without points; earlier points are reversed",
           "the third batch changes it back: reinstated")
    expect(SECOND, "referrals", "R00015", "no_participant", "its only participant removed; earlier points are reversed",
           own_row=False)
    expect(SECOND, "referrals", "R00016", "shares_not_whole", "shares of 1.5; earlier points are reversed",
           "the third batch corrects the shares: reinstated", own_row=False)

    # the third batch
    wrong(THIRD, "referral_reviews", "bad_code:outcome", "`maybe` is no outcome",
          review_id="RV0091", referral_id="R00018", review_type="compliance", review_date="2026-10-21", outcome="maybe")
    wrong(THIRD, "fx_rates", "out_of_range:rate_to_cny", "a yen for nothing",
          rate_date="2026-10-30", currency="JPY", rate_to_cny="0")
    wrong(THIRD, "accounts", "bad_code:product_code", "no such product",
          account_id="A0007951", customer_id="000203", product_code="dep_gold", opened_date="2026-10-14")
    wrong(THIRD, "customer_relationships", "unknown_reference:person_customer_id", "person 000798 is never delivered",
          organization_customer_id="000204", person_customer_id="000798", relation_type="executive",
          valid_from="2026-10-01")
    bank.account("A0007961", "000203", "dep_demand_corp", opened="2026-10-15", branch="09999",
                 balances=[("2026-10-15", 5 * WAN)])
    bank.emptied(THIRD, "accounts", "A0007961", "branch_id", "09999", "unknown_reference:branch_id")
    bank.referral("R00096", "credit_card", "2026-10-14", 1, 0, "D_CARD", ["D_PB", "D_WM"],
                  "all retail departments (`not_cross_line`)", source="000104", outlet="01121")
    expect(THIRD, "referrals", "R00096", "not_cross_line", "lead and participants are all of the retail line")
    bank.referral("R00097", "fx_settlement", "2026-10-19", 2, 35 * WAN, "D_TRADE", ["D_PB"],
                  "a product without points (`no_point_rule`)", source="000137", outlet="01111")
    expect(THIRD, "referrals", "R00097", "no_point_rule", "国际结算 earns no points")


def plant_spellings(bank):
    """Values written in other accepted ways; they mean the same."""
    dress = bank.dress
    dress(FIRST, "customers", "000712", "full-width digits", employees="２３０")
    dress(FIRST, "customers", "000712", "thousands commas, quoted", registered_capital="12,345,678.00")
    dress(FIRST, "customers", "000712", "date with slashes", established_date="2009/06/18")
    dress(FIRST, "customers", "000712", "surrounding blanks in a name", customer_name=" 朔阳草原乳业有限公司  ")
    dress(FIRST, "accounts", "A0007121", "surrounding blanks around a reference", customer_id="  000712 ")
    dress(FIRST, "deposit_balances", ("A0007121", "2025-08-01"), "full-width digits and point",
          balance="３４５００００．００")
    dress(FIRST, "deposit_balances", ("A0007121", "2026-08-05"), "date without hyphens, amount with commas",
          balance_date="20260805", balance="1,234,567.89")
    dress(FIRST, "loans", "L0007121", "dates with slashes", start_date="2024/03/11", maturity_date="2027/03/11")
    dress(FIRST, "financial_statements", ("000712", "2025-12-31", "annual"), "thousands commas, 是",
          revenue="240,000,000.00", total_assets=" 130,000,000.00 ", is_audited="是")
    dress(FIRST, "financial_statements", ("000122", "2026-06-30", "interim"), "否", is_audited="否")
    dress(FIRST, "loan_balances", ("L0007121", "2025-08-01"), "grade as a number", risk_grade="1")
    dress(SECOND, "referrals", "R00030", "date without hyphens", sold_date="20260916")
    dress(THIRD, "referrals", "R00030", "thousands commas", amount="2,500,000.00")
    dress(THIRD, "deposit_balances", ("A0007101", "2026-08-20"), "a late correction, with slashes and commas",
          balance_date="2026/08/20", balance="200,500,000.00")
    dress(SECOND, "product_holdings", "H00070301", "Y for true", is_active="Y")
    dress(THIRD, "product_holdings", "H00071101", "1 for true", is_active="1")


# --- Claims, scores, flows ---------------------------------------------------------------------------------

def plant_claims(bank):
    """Performance claims: shared customers within a city, across regions, approved or not, not whole."""
    claim, tell = bank.claim, bank.tell
    claim("000215", "01120", "deposit_average_balance", 0.6, "2026-07-10", "E0003")
    claim("000215", "01110", "deposit_average_balance", 0.4, "2026-07-10", "E0003")
    tell("claims", "000215", "two branches of one city share by approved claims, 0.6 and 0.4")
    claim("000602", "03110", "loan_average_balance", 0.7, "2026-05-12", "E0001")
    claim("000602", "01010", "loan_average_balance", 0.3, "2026-05-12", "E0001")
    tell("claims", "000602", "west and east, approved by head office")
    claim("000612", "02120", "deposit_average_balance", 0.5, "2026-09-15", "")
    claim("000612", "01210", "deposit_average_balance", 0.5, "2026-09-15", "")
    tell("claims", "000612", "north and east, nobody approved: flagged")
    claim("000212", "01210", "deposit_average_balance", 0.8, "2026-09-20", "E0002")
    claim("000212", "02110", "deposit_average_balance", 0.5, "2026-09-21", "E0004")
    tell("claims", "000212", "approved shares of 1.3")
    claim("000104", "03120", "loan_average_balance", 1, "2026-10-08", "")
    tell("claims", "000104", "a single claim by a branch outside the customer's city")
    claim("000401", "01110", "deposit_balance", 0.25, "2026-09-03", "E0001")
    claim("000401", "01010", "deposit_balance", None, "2026-09-03", "E0001")
    tell("claims", "000401", "one approved share of 0.25 holds, the other is approved without a share")


def plant_marketing_targets(bank):
    """Lists that only marketing reads; most targets follow from what the customers of other stories are."""
    company, tag, tell = bank.company, bank.tag, bank.tell
    company("000811", "岚江省交通投资集团有限公司", "E4812", "01010",
            statement=(90 * YI, 21 * YI), deposit=4000 * WAN, employees=499)
    tag("000811", "provincial_platform", "2025-06-01", source="省国资委")
    company("000812", "云台县城乡建设投资有限公司", "E4819", "03120",
            deposit=600 * WAN, employees=40)
    tag("000812", "county_platform", "2025-06-01", "2026-10-01", source="县财政局")
    company("000813", "汾原古槐山风景区管理有限公司", "N7861", "02210", deposit=150 * WAN, employees=500)
    for customer_id, shows in (
            ("000811", "a provincial platform: 机构业务部; sales of 21亿: every corporate department; 499 people"),
            ("000812", "off the list of county platforms since 1 October: nobody's target"),
            ("000813", "a scenic area: 机构业务部; 500 people: every retail department"),
            ("000106", "two criteria for corporate departments: top 200 by profit and tax, large sales"),
            ("000213", "a credit line of 2亿: every corporate department"),
            ("000405", "a hospital: 机构业务部 and every retail department"),
            ("000414", "a university: 机构业务部 and every retail department"),
            ("000301", "a developer: 房地产金融部; large sales: every corporate department")):
        tell("marketing targets", customer_id, shows)


# employee_id, leaders' score, performance, day: 50 and 50 of 100 (appraisal [C])
APPRAISALS = [
    ("E0101", 92, 88, "2026-06-30", "(92 + 88) ÷ 2 = 90: just `excellent`"),
    ("E0101", 84, 82, "2025-12-31", "83 half a year before: `good`"),
    ("E0102", 91.5, 88.4, "2026-06-30", "89.95: still `good`"),
    ("E0301", 80, 80, "2026-06-30", "80: just `good`"),
    ("E0302", 83, 76.9, "2026-06-30", "79.95: `fair`, the grade that the source leaves out"),
    ("E0303", 60, 80, "2026-06-30", "70: just `fair`"),
    ("E0304", 75, 58, "2026-06-30", "66.5: `pass`"),
    ("E0305", 50, 69.9, "2026-06-30", "59.95: `fail`"),
    ("E0306", 40, 95, "2026-06-10", "67.5 on the 10th, replaced within the month"),
    ("E0306", 61, 95, "2026-06-30", "78: the newest appraisal of the month counts"),
]


def plant_appraisals(bank):
    """Staff appraisals at every boundary of the grades."""
    for employee_id, leader_score, performance_score, day, shows in APPRAISALS:
        bank.add("staff_appraisals", employee_id=employee_id, appraisal_date=day, leader_score=leader_score,
                 performance_score=performance_score)
        bank.tell("appraisals", employee_id, day, shows)


# counterparty_name, who pays them (out) and whom they pay (in): not customers, so chain prospects
CHAIN_PROSPECTS = [
    ("海澄国际物流有限公司", ("000104", "000137", "000212", "000217", "000611"), ("000110", "000122")),
    ("华鼎钢材交易中心", ("000105", "000106", "000133", "000138"), ("000106",)),
    ("新岸食品连锁股份有限公司", (), ("000117", "000204", "000235", "000712", "000641")),
    ("东来化纤原料有限公司", ("000124", "000243"), ()),
    ("中恒光电（香港）有限公司", ("000621",), ("000622", "000103")),
]

# prospect_id, name, party_type, industry, branch, source, then the seven scores (None: not scored)
PROSPECTS = [
    ("PR0001", "海澄国际物流有限公司", "company", "G5521", "01210", "交易链挖掘", (92, 88, 90, 85, 90, 80, 88)),
    ("PR0002", "华鼎钢材交易中心", "company", "F5163", "02110", "交易链挖掘", (80, 75, 85, 90, 85, 88, 82)),
    ("PR0003", "新岸食品连锁股份有限公司", "company", "F5211", "01110", "交易链挖掘", (85, 90, 80, 40, 35, 45, 50)),
    ("PR0004", "东来化纤原料有限公司", "company", "C2812", "01110", "交易链挖掘", (35, 30, 40, 80, 85, 75, 90)),
    ("PR0005", "蜀宁星火航天配件有限公司", "company", "C3561", "03120", "省重点项目库", (60, 60, 60, 60, 60, 60, 60)),
    ("PR0006", "陇泉绿洲枸杞专业合作社", "company", "A0141", "03210", "走访", (25, 20, 15, 30, 25, 20, 35)),
    ("PR0007", "朔阳市中心血站", "institution", "", "02120", "财政名录", (55, 45, 70, None, 80, 70, 75)),
    ("PR0008", "汾原古建筑修缮有限公司", "company", "E5090", "02210", "走访", (None,) * 7),
]
