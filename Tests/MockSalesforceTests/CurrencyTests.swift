import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

@Suite struct CurrencyTests {
    private static func rehearsal(
        user: String? = nil,
        dated: [MockSalesforceCurrencies.DatedRate] = []
    ) -> Rehearsal {
        var settings = MockSalesforceSettings()
        settings.currencies = MockSalesforceCurrencies(
            currencies: [
                .init("USD", rate: 1), .init("EUR", rate: 0.8),
                .init("JPY", rate: 150, decimalPlaces: 0),
                .init("DEM", rate: 1.6, isActive: false),
            ],
            corporate: "USD",
            user: user,
            datedRates: dated
        )
        return Rehearsal(settings)
    }

    private static func make(_ fields: String, _ rehearsal: inout Rehearsal) -> Answer {
        rehearsal.send(
            .post,
            "/sobjects/Opportunity",
            #"{"Name":"O","StageName":"Prospecting",\#(fields)}"#
        )
    }

    @Test func `an org of one currency knows no codes`() {
        var rehearsal = Rehearsal()
        #expect(
            rehearsal.query("SELECT CurrencyIsoCode FROM Account").errorCode == "INVALID_FIELD"
        )
        #expect(rehearsal.query("SELECT Id FROM CurrencyType").errorCode == "INVALID_TYPE")
    }

    @Test func `a currency that is switched off is refused, one that is switched on is taken`() {
        var rehearsal = Self.rehearsal()
        var currencies = rehearsal.mock.settings.currencies
        currencies?.currencies[1].isActive = false
        currencies?.currencies[3].isActive = true
        currencies?.currencies[1].conversionRate = 0.5
        currencies?.corporate = "JPY"
        if let currencies { rehearsal.mock.changeCurrencies(currencies, at: rehearsal.now) }
        for (code, status) in [("EUR", 400), ("DEM", 201)] {
            let fields = #""CloseDate":"2026-10-01","CurrencyIsoCode":"\#(code)""#
            #expect(Self.make(fields, &rehearsal).status == status, "\(code)")
        }
        #expect(
            rehearsal.column("IsoCode", "SELECT IsoCode FROM CurrencyType WHERE IsCorporate = true")
                == ["JPY"]
        )
        #expect(
            rehearsal.column(
                "ConversionRate",
                "SELECT ConversionRate FROM CurrencyType WHERE IsoCode = 'EUR'"
            ) == ["0.5"]
        )
        #expect(
            rehearsal.column("IsoCode", "SELECT IsoCode FROM CurrencyType WHERE IsActive = false")
                == ["EUR"]
        )
    }

    @Test func `records have a currency, the user's where none is given`() {
        var rehearsal = Self.rehearsal(user: "EUR")
        #expect(Self.make(#""CloseDate":"2026-10-01""#, &rehearsal).status == 201)
        #expect(
            Self.make(#""CloseDate":"2026-10-01","CurrencyIsoCode":"JPY""#, &rehearsal).status
                == 201
        )
        #expect(
            rehearsal.column(
                "CurrencyIsoCode",
                "SELECT CurrencyIsoCode FROM Opportunity ORDER BY Id"
            ) == ["EUR", "JPY"]
        )
        for code in ["DEM", "ITL"] {
            let refused = Self.make(
                #""CloseDate":"2026-10-01","CurrencyIsoCode":"\#(code)""#,
                &rehearsal
            )
            #expect(refused.errorCode == "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "\(code)")
        }
    }

    @Test func `rates can be queried`() {
        var rehearsal = Self.rehearsal(
            dated: [
                .init("EUR", from: "2026-01-01", rate: 0.9),
                .init("EUR", from: "2026-07-01", rate: 0.7),
            ]
        )
        #expect(
            rehearsal.column(
                "IsoCode",
                "SELECT IsoCode FROM CurrencyType WHERE IsActive = true ORDER BY IsoCode"
            ) == ["EUR", "JPY", "USD"]
        )
        #expect(
            rehearsal.column(
                "IsoCode",
                "SELECT IsoCode FROM CurrencyType WHERE IsCorporate = true"
            ) == ["USD"]
        )
        #expect(
            rehearsal.column(
                "NextStartDate",
                "SELECT NextStartDate FROM DatedConversionRate ORDER BY StartDate"
            ) == ["2026-07-01", "-"]
        )
        #expect(
            rehearsal.column(
                "DefaultCurrencyIsoCode",
                "SELECT DefaultCurrencyIsoCode FROM Organization"
            ) == ["USD"]
        )
    }

    @Test func `amounts are converted to the user's currency`() {
        var rehearsal = Self.rehearsal(user: "EUR")
        for (code, amount) in [("EUR", "10"), ("USD", "10.55"), ("JPY", "-1000")] {
            let fields =
                #""CloseDate":"2026-10-01","CurrencyIsoCode":"\#(code)","Amount":\#(amount)"#
            #expect(Self.make(fields, &rehearsal).status == 201)
        }
        #expect(
            rehearsal.column(
                "Amount",
                "SELECT convertCurrency(Amount) FROM Opportunity ORDER BY Id"
            ) == ["10.0", "8.44", "-5.33"]
        )
        #expect(
            rehearsal.column(
                "own",
                "SELECT Amount, convertCurrency(Amount) own FROM Opportunity ORDER BY Id LIMIT 2"
            ) == ["10.0", "8.44"]
        )
        for statement in [
            "SELECT Id FROM Opportunity WHERE convertCurrency(Amount) > 1",
            "SELECT Id FROM Opportunity ORDER BY convertCurrency(Amount)",
        ] {
            #expect(rehearsal.query(statement).errorCode == "MALFORMED_QUERY")
        }
    }

    @Test func `dated rates follow the close date of opportunities`() {
        var rehearsal = Self.rehearsal(
            dated: [
                .init("EUR", from: "2026-01-01", rate: 0.5),
                .init("EUR", from: "2026-07-01", rate: 0.25),
            ]
        )
        for day in ["2025-12-31", "2026-06-30", "2026-07-01"] {
            let fields = #""CloseDate":"\#(day)","CurrencyIsoCode":"EUR","Amount":100"#
            #expect(Self.make(fields, &rehearsal).status == 201)
        }
        #expect(
            rehearsal.column(
                "Amount",
                "SELECT convertCurrency(Amount) FROM Opportunity ORDER BY Id"
            ) == ["125.0", "200.0", "400.0"]
        )
    }
}
