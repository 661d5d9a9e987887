import HTTPTransport
import MockHubSpot
import MockSalesforce
import SyncCore

/// Both CRMs have several currencies: people give contacts another one, which nobody maps, and
/// administrators switch currencies on and off, change rates and the company's own.
package struct SimulatedCurrencies {
    package struct Plan: Sendable, Hashable, Codable {
        /// Of a hundred acts, how many come with one.
        package var percent: Int
    }

    static let choicesOfOne = Choices.choicesOfOneDeed

    private enum Deed: Int, CaseIterable { case spend, toggle, rate, corporate, portal }

    private let pair: SimulatedPair
    private let plan: Plan
    private var currencies = Self.start
    private var number = 0

    init(_ pair: SimulatedPair, _ plan: Plan) {
        self.pair = pair
        self.plan = plan
    }

    mutating func act() throws {
        let turn: (deed: Deed, record: Int)? = self.pair.choices.deed(
            .currencies,
            percent: self.plan.percent
        )
        guard let (deed, record) = turn else { return }
        self.number += 1
        switch deed {
        case .spend: return try self.give(record)
        case .toggle:
            // The corporate currency and that of the users stay.
            let place = self.currencies.currencies.count - 1
            self.currencies.currencies[place].isActive.toggle()
        case .rate: self.currencies.currencies[1].conversionRate = 0.5 + Double(record) / 1_000
        case .corporate:
            let isOwn = self.currencies.corporate == "USD"
            self.currencies.corporate = isOwn ? "EUR" : "USD"
            self.currencies.user = self.currencies.corporate
        case .portal:
            let rate = "1.\(record)"
            self.pair.world.with { state, _ in
                state.hubspot.settings.currencies = [.init(id: "1", code: "EUR", rate: rate)]
                state.hubspot.settings.companyCurrency = record % 2 == 0 ? "USD" : "GBP"
            }
        }
        self.set()
        self.tell("\(deed) \(self.currencies.currencies.filter(\.isActive).map(\.isoCode))")
        self.pair.recorder.probes.hit(.currenciesChanged)
    }

    /// All of them are active again.
    mutating func mend() {
        self.currencies = Self.start
        self.set()
    }

    private func set() {
        let currencies = self.currencies
        self.pair.world.with { state, now in
            state.salesforce.changeCurrencies(currencies, at: now)
        }
    }

    /// Somebody gives a contact another currency: its stamp moves and nothing that is synced.
    private func give(_ record: Int) throws {
        let codes = self.currencies.currencies.filter(\.isActive).map(\.isoCode)
        let code = codes[self.number % codes.count]
        try self.pair.world.with { state, now in
            let people = state.salesforce.export(object: "Contact").filter {
                !SimulatedPersons.isShadow($0)
            }
            guard !people.isEmpty else { return }
            try state.salesforce.edit(
                people[record % people.count].id,
                fields: [.init("CurrencyIsoCode", .text(code))],
                at: state.time(.salesforce, at: now)
            )
        }
        self.tell("somebody's is \(code)")
        self.pair.recorder.probes.hit(.currencyGiven)
    }

    private func tell(_ text: String) {
        let now = self.pair.time.wallMilliseconds
        self.pair.lines?.withLock { $0.append("\(now) currencies: \(text)") }
    }

    static let start = MockSalesforceCurrencies(
        currencies: [
            .init("USD", rate: 1), .init("EUR", rate: 0.9),
            .init("JPY", rate: 150, decimalPlaces: 0),
        ],
        corporate: "USD"
    )
}
