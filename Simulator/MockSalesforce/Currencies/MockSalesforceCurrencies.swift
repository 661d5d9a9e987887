/// The currencies of an org that has several of them.
package struct MockSalesforceCurrencies: Sendable, Hashable, Codable {
    package struct Currency: Sendable, Hashable, Codable {
        /// Three letters of ISO 4217.
        package var isoCode: String
        /// Units of it for one unit of the corporate currency.
        package var conversionRate: Double
        package var decimalPlaces: Int
        package var isActive: Bool

        package init(
            _ isoCode: String,
            rate conversionRate: Double,
            decimalPlaces: Int = 2,
            isActive: Bool = true
        ) {
            self.isoCode = isoCode
            self.conversionRate = conversionRate
            self.decimalPlaces = decimalPlaces
            self.isActive = isActive
        }
    }

    /// A rate that holds from a day on; advanced currency management uses it for opportunities.
    package struct DatedRate: Sendable, Hashable, Codable {
        package var isoCode: String
        /// As `2026-01-31`.
        package var startDate: String
        package var conversionRate: Double

        package init(_ isoCode: String, from startDate: String, rate conversionRate: Double) {
            self.isoCode = isoCode
            self.startDate = startDate
            self.conversionRate = conversionRate
        }
    }

    package var currencies: [Currency]
    /// The code against which rates are.
    package var corporate: String
    /// The code of every user's own currency: new records have it, amounts are converted to it.
    package var user: String
    /// With none, advanced currency management is off.
    package var datedRates: [DatedRate]

    package init(
        currencies: [Currency],
        corporate: String,
        user: String? = nil,
        datedRates: [DatedRate] = []
    ) {
        self.currencies = currencies
        self.corporate = corporate
        self.user = user ?? corporate
        self.datedRates = datedRates
    }

    /// What records have where there are several.
    var codeField: MockField {
        var code = MockField(name: "CurrencyIsoCode", label: "Currency ISO Code", type: .picklist)
        code.length = 3
        code.isNillable = false
        code.isDefaultedOnCreate = true
        code.isRestrictedPicklist = true
        code.picklistValues = self.currencies.filter(\.isActive).map(\.isoCode)
        code.defaultValue = .text(self.user)
        code.isCreateable = true
        code.isUpdateable = true
        return code
    }

    /// An amount of a currency in the user's, rounded to its decimals.
    ///
    /// `nil` where the amount or a rate is unknown. The day matters where rates are dated.
    func converted(_ amount: String, from code: String, on day: String?) -> String? {
        guard code != self.user else { return amount }
        guard let number = Double(amount), let from = self.rate(code, day),
            let to = self.rate(self.user, day), from > 0,
            let target = self.currencies.first(where: { $0.isoCode == self.user })
        else { return nil }
        let places = max(0, min(target.decimalPlaces, 6))
        let factor = [1.0, 10, 100, 1_000, 10_000, 100_000, 1_000_000][places]
        let units = (number / from * to * factor).rounded()
        guard abs(units) < 9e15 else { return nil }
        let digits = String(Int64(abs(units)))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let text =
            padded.dropLast(places) + (places > 0 ? "." + padded.suffix(places) : "")
        return DecimalText.rounded((units < 0 ? "-" : "") + text, scale: places)
    }

    private func rate(_ code: String, _ day: String?) -> Double? {
        let standing = self.currencies.first { $0.isoCode == code }?.conversionRate
        guard let day else { return standing }
        let dated = self.datedRates.filter { $0.isoCode == code && $0.startDate <= day }
            .max { $0.startDate < $1.startDate }
        return dated?.conversionRate ?? standing
    }
}
