import MockHubSpot
import MockSalesforce
import SyncCore

/// People write what nobody expects, change and swap addresses, and import hundreds at once.
package struct SimulatedCrowd {
    package struct Plan: Sendable, Hashable, Codable {
        /// How many records an import brings at most.
        package var importMax: Int
    }

    /// What, which record, which other one, on which side, how many.
    static let choicesOfOne = 5

    private let pair: SimulatedPair
    private let plan: Plan
    private let fields: [SimulatedField]
    private var number = 0
    private var imports = 0

    init(_ pair: SimulatedPair, _ plan: Plan, _ fields: [SimulatedField]) {
        self.pair = pair
        self.plan = plan
        self.fields = fields.filter { $0.type == .text }
    }

    private enum Deed {
        case nothing, write, move, shout, swap, importMany

        init(_ choice: Int) {
            switch choice {
            case 1...5: self = .write
            case 6, 7: self = .move
            case 8: self = .shout
            case 9: self = .swap
            case 10: self = .importMany
            default: self = .nothing
            }
        }
    }

    /// `linked`: HubSpot's id and Salesforce's of the records that people work on.
    mutating func act(on linked: [(hubspot: String, salesforce: String)]) throws {
        let choices = self.pair.choices
        let deed = Deed(choices.choose(.crowd, below: 12))
        let first = choices.choose(.crowd, below: 1_000)
        let second = choices.choose(.crowd, below: 1_000)
        let isHubSpot = choices.choose(.crowd, below: 2) == 0
        let size = choices.choose(.crowd, below: self.plan.importMax)
        guard deed != .nothing, !linked.isEmpty else { return }
        self.number += 1
        let record = linked[first % linked.count]
        switch deed {
        case .nothing: break
        case .write:
            let field = self.fields[second % self.fields.count]
            let value = Self.odd(self.number, second)
            self.pair.recorder.probes.hit(.oddTextWritten)
            try self.write([(record, value)], field, isHubSpot)
        case .move:
            self.pair.recorder.probes.hit(.addressMoved)
            try self.write([(record, "c\(self.number)@example.com")], .email, isHubSpot)
        case .shout:
            guard let address = self.address(of: record, isHubSpot) else { return }
            try self.write([(record, address.uppercased())], .email, isHubSpot)
        case .swap:
            let other = linked[second % linked.count]
            guard other.hubspot != record.hubspot,
                let mine = self.address(of: record, isHubSpot),
                let theirs = self.address(of: other, isHubSpot)
            else { return }
            self.pair.recorder.probes.hit(.addressesSwapped)
            // HubSpot takes no address twice, not for a moment.
            let way = isHubSpot ? [(record, "w\(self.number)@example.com")] : []
            try self.write(way + [(other, mine), (record, theirs)], .email, isHubSpot)
        case .importMany:
            guard self.imports < Self.importsMax else { return }
            self.imports += 1
            self.pair.recorder.probes.hit(.recordsImported)
            try self.importMany(20 + size, isHubSpot)
        }
    }

    private func address(
        of record: (hubspot: String, salesforce: String),
        _ isHubSpot: Bool
    ) -> String? {
        self.pair.world.with { state, _ in
            isHubSpot
                ? state.hubspot.record(record.hubspot)?["email"]
                : state.salesforce.record(record.salesforce)?["Email"].text
        }
    }

    private func write(
        _ values: [((hubspot: String, salesforce: String), String)],
        _ field: SimulatedField,
        _ isHubSpot: Bool
    ) throws {
        try self.pair.world.with { state, now in
            for (record, value) in values {
                if isHubSpot {
                    // A person who is told that the address is taken gives up.
                    try? state.hubspot.edit(
                        record.hubspot,
                        fields: [(field.hubspot, value)],
                        at: state.time(.hubspot, at: now)
                    )
                } else if state.salesforce.record(record.salesforce)?.isDeleted == false {
                    try state.salesforce.edit(
                        record.salesforce,
                        fields: [.init(field.salesforce, .text(value))],
                        at: state.time(.salesforce, at: now)
                    )
                }
            }
        }
    }

    private mutating func importMany(_ count: Int, _ isHubSpot: Bool) throws {
        let (first, round) = (self.number * 1_000, self.imports)
        try self.pair.world.with { state, now in
            for number in first..<(first + count) {
                let (email, name) = ("i\(number)@example.com", "Import \(round) \(number)")
                if isHubSpot {
                    _ = try state.hubspot.create(
                        fields: [("email", email), ("lastname", name)],
                        at: state.time(.hubspot, at: now)
                    )
                } else {
                    _ = try state.salesforce.create(
                        object: "Contact",
                        fields: [.init("Email", .text(email)), .init("LastName", .text(name))],
                        at: state.time(.salesforce, at: now)
                    )
                }
            }
        }
    }

    /// Texts that nobody wrote before and that are hard on whoever cuts, trims, quotes or compares.
    private static func odd(_ number: Int, _ choice: Int) -> String {
        let token = "o.\(number)"
        switch choice % 12 {
        case 0: return token + " 👩‍👩‍👧‍👦🇩🇪"
        case 1: return token + " שלום ‏مرحبا"
        case 2: return token + " e\u{301}"
        case 3: return token + " \u{e9}"
        case 4: return "  \(token)\t"
        case 5: return token + "'\"\\/<b>&amp;"
        case 6: return token + " line\r\nbreak"
        case 7: return token + String(repeating: "x", count: 40 - token.count)
        case 8: return token + String(repeating: "ß", count: 40 - token.count)
        case 9: return token + ";semi;colon,comma"
        case 10: return token + " null"
        default: return token + " \u{200B}\u{FEFF}"
        }
    }

    private static let importsMax = 2
}
