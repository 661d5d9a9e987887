import MockHubSpot
import MockSalesforce
import SimulationKit

extension Generator {
    /// On which sides a record stands: half on both.
    mutating func sides() -> (hubspot: Bool, salesforce: Bool) {
        switch self.trade.below(4) {
        case 0: (true, false)
        case 1: (false, true)
        default: (true, true)
        }
    }

    /// A record of HubSpot; `nil`, and a line in `refusals`, where it is not taken.
    mutating func made(
        _ object: String,
        _ fields: [(String, String)],
        _ state: inout MockWorld.State,
        _ at: Int64
    ) -> String? {
        do {
            return try state.hubspot.seed(object: object, fields: fields, at: at)
        } catch {
            self.refusals.append("\(object): \(error)")
            return nil
        }
    }

    /// A record of Salesforce; `nil`, and a line in `refusals`, where it is not taken.
    mutating func planted(
        _ object: String,
        _ fields: [(String, String)],
        _ state: inout MockWorld.State,
        _ at: Int64
    ) -> String? {
        do {
            return try state.salesforce.seed(
                object: object,
                fields: fields.map { .init($0.0, .text($0.1)) },
                at: at
            )
        } catch {
            self.refusals.append("\(object): \(error)")
            return nil
        }
    }

    mutating func tie(
        _ object: String,
        _ id: String,
        _ other: String,
        _ otherID: String,
        isPrimary: Bool = false,
        _ state: inout MockWorld.State
    ) {
        do {
            try state.hubspot.tie(
                id,
                of: object,
                to: otherID,
                of: other,
                isPrimary: isPrimary
            )
        } catch {
            self.refusals.append("\(object) to \(other): \(error)")
        }
    }

    /// Milliseconds of up to a year, at least a day.
    mutating func tradeAge() -> Int64 {
        86_400_000 + Int64(self.trade.below(31_449_600)) * 1_000
    }

    /// Two letters changed places, one was lost, or one stands twice.
    mutating func misspelt(_ text: String) -> String {
        var letters = Array(text)
        guard letters.count > 3 else { return text }
        let place = 1 + self.trade.below(letters.count - 2)
        switch self.trade.below(3) {
        case 0: letters.swapAt(place, place + 1)
        case 1: letters.remove(at: place)
        default: letters.insert(letters[place], at: place)
        }
        return String(letters)
    }
}
