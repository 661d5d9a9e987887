/// A currency beside the company's own, with its rate.
package struct MockHubSpotCurrency: Sendable, Hashable, Codable {
    package var id: String
    package var code: String
    /// How much one unit is in the company's currency, as a decimal number.
    package var rate: String

    package init(id: String, code: String, rate: String) {
        self.id = id
        self.code = code
        self.rate = rate
    }

    /// Some of the codes that HubSpot lists.
    static let known = [
        ("AUD", "Australian Dollar"), ("BRL", "Brazilian Real"), ("CAD", "Canadian Dollar"),
        ("CHF", "Swiss Franc"), ("CNY", "Chinese Yuan"), ("DKK", "Danish Krone"),
        ("EUR", "Euro"), ("GBP", "British Pound"), ("INR", "Indian Rupee"),
        ("JPY", "Japanese Yen"), ("MXN", "Mexican Peso"), ("NOK", "Norwegian Krone"),
        ("NZD", "New Zealand Dollar"), ("PLN", "Polish Zloty"), ("SEK", "Swedish Krona"),
        ("SGD", "Singapore Dollar"), ("USD", "US Dollar"), ("ZAR", "South African Rand"),
    ]
}
