import DuetCLI
import MockSalesforce
import SyncCore
import Testing

/// Amounts without their currency are told of.
struct CurrencyNoticeTests {
    private static func notices(
        _ field: String,
        currencies: MockSalesforceCurrencies?
    ) async throws -> [String] {
        var settings = MockSalesforceSettings()
        settings.currencies = currencies
        let accounts = try await MockAccounts.described(settings)
        let text = """
            version: 1
            hubspot: {token: env:HUBSPOT_TOKEN}
            salesforce:
              oauth: {clientID: env:ID, clientSecret: env:SECRET}
            mappings:
              - hubspot: deals
                fields:
                  - {hubspot: dealname, salesforce: Name, rule: twoWay}
                  - {hubspot: amount, salesforce: Amount, rule: twoWay}
            \(field)
            """
        let read = try ConfigurationReader.read(text, path: "duet.yaml")
        #expect(accounts.problems(read).isEmpty)
        return CurrencyNotices.texts(read, salesforce: accounts.salesforce)
    }

    private static let two = MockSalesforceCurrencies(
        currencies: [.init("USD", rate: 1), .init("EUR", rate: 0.9)],
        corporate: "USD"
    )
    private static let code =
        "      - {hubspot: deal_currency_code, salesforce: CurrencyIsoCode, rule: twoWay}"

    @Test func `L06: an org with several currencies is told of amounts that do not say theirs`()
        async throws
    {
        let said = try await Self.notices("", currencies: Self.two)
        #expect(said.count == 1)
        #expect(said.first?.contains("`CurrencyIsoCode`") == true)
        #expect(try await Self.notices("", currencies: nil).isEmpty)
        #expect(try await Self.notices(Self.code, currencies: Self.two).isEmpty)
    }
}
