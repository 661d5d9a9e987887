package import CRMInterface
package import SyncCore

/// The people of both CRMs as they were read last, and whether they are to be read again.
package struct OwnerDirectory: Sendable {
    private var people: [Side: [Owners.Person]] = [:]
    /// Wall milliseconds; `nil` before they were read.
    private var readAt: Int64?

    package init() {}

    package init(hubspot: [OwnerDescription], salesforce: [OwnerDescription], readAt: Int64) {
        self.people = [
            .hubspot: hubspot.map(Self.person), .salesforce: salesforce.map(Self.person),
        ]
        self.readAt = readAt
    }

    /// Who is who for the records of a mapping; `nil` where it maps nobody.
    ///
    /// A pair that one of its fields lists is the same person in all of them; what the owner's says goes last, and
    /// stands.
    package func owners(for mapping: ObjectMapping) -> Owners? {
        let fields = mapping.peopleFields
        guard !fields.isEmpty else { return nil }
        guard self.readAt != nil else { return Owners.none }
        return Owners(
            hubspot: self.people[.hubspot] ?? [],
            salesforce: self.people[.salesforce] ?? [],
            values: fields.filter { $0.kind == .user }.flatMap(\.values)
                + (mapping.ownerField?.values ?? [])
        )
    }

    /// Whether the people are to be read: at the start, ten minutes later when somebody is met who was not
    /// among them, and every hour as long as somebody is missed.
    ///
    /// `missed`: owners of records that wait for a counterpart.
    package func isDue(missed: [References.Record], now: Int64) -> Bool {
        guard let readAt = self.readAt else { return true }
        guard !missed.isEmpty else { return false }
        let age = now - readAt
        // A clock that was set back must not put it off for ever.
        if age < 0 || age >= Self.rest { return true }
        let known = self.people.mapValues { Set($0.map(\.id)) }
        let isStrange = missed.contains { known[$0.side]?.contains($0.id) != true }
        return isStrange && age >= Self.pause
    }

    private static func person(_ owner: OwnerDescription) -> Owners.Person {
        Owners.Person(
            id: owner.id,
            name: owner.name,
            email: owner.email,
            isActive: owner.isActive,
            isQueue: owner.kind == .queue
        )
    }

    /// The least time between two looks, and that between two looks for the same people, milliseconds.
    private static let pause: Int64 = 600_000
    private static let rest: Int64 = 3_600_000
}
