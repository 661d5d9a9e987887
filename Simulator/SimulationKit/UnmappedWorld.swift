import HTTPTransport
import MockHubSpot
import MockSalesforce
package import SyncCore

/// Records of objects that no mapping names at the end of a run: as the CRMs have them, as the book of
/// people and other apps says, and what the engine's user wrote to any of them.
package struct UnmappedWorld: Sendable, Hashable {
    /// One version of a record that carries the engine's user as its author.
    package struct Write: Sendable, Hashable {
        package var side: Side
        package var object: String
        package var record: String
        /// The CRM's own time.
        package var at: Int64

        package init(_ side: Side, _ object: String, _ record: String, at: Int64) {
            self.side = side
            self.object = object
            self.record = record
            self.at = at
        }
    }

    package var written: [Write]
    package var expected: [UnmappedRecord]
    package var found: [UnmappedRecord]
    /// Requests of another app that got no reply that it could read.
    package var unserved: [String] = []

    package init(
        written: [Write] = [],
        expected: [UnmappedRecord] = [],
        found: [UnmappedRecord] = []
    ) {
        self.written = written
        self.expected = expected
        self.found = found
    }

    init(_ pair: SimulatedPair) {
        let expected = pair.book.withLock { $0.records }
        let found = pair.world.with { state, _ in
            Self.plants(of: state.hubspot) + Self.plants(of: state.salesforce)
                + Self.leads(of: state.salesforce, expected)
                + Self.others(of: state, expected)
        }
        let written = pair.world.with { state, _ in
            Self.written(
                in: state.hubspot,
                besides: Set(pair.objects.map(\.name) + pair.activities.map(\.hubspot.name))
            )
                + Self.written(
                    in: state.salesforce,
                    besides: Set(
                        pair.objects.map(\.salesforce) + pair.activities.map(\.createAs)
                            + (pair.roles == nil ? [] : [RoleLabel.junction])
                    )
                )
        }
        self.init(written: written, expected: expected, found: found)
        self.unserved = pair.bystander.withLock { $0.unserved }
    }

    // MARK: - Who wrote

    private static func written(
        in hubspot: MockHubSpot,
        besides mapped: Set<String>
    ) -> [Write] {
        let engine = MockHubSpotAuthor.app(MockHubSpotApp.standardStatic.id)
        return hubspot.objectNames.filter { !mapped.contains($0) }.flatMap { object in
            hubspot.changes(of: object).filter { $0.author == engine }.map {
                Write(.hubspot, object, $0.recordID, at: $0.at)
            }
        }
    }

    private static func written(
        in salesforce: MockSalesforce,
        besides mapped: Set<String>
    ) -> [Write] {
        let engine = MockSalesforceCredential.standard.userID
        return salesforce.changes.filter { !mapped.contains($0.object) && $0.author == engine }.map
        {
            Write(.salesforce, $0.object, $0.recordID, at: $0.at)
        }
    }

    // MARK: - What is there

    private static func plants(of hubspot: MockHubSpot) -> [UnmappedRecord] {
        hubspot.export(object: SimulatedPlants.hubspotName).map { plant in
            let values = SimulatedPlants.properties.map { ($0, plant[$0] ?? "") }
            return UnmappedRecord(
                .hubspot,
                SimulatedPlants.hubspotName,
                plant.id,
                Dictionary(values) { first, _ in first },
                ties: hubspot.ties(of: plant.id, in: SimulatedPlants.hubspotName, to: "contacts")
            )
        }
    }

    private static func plants(of salesforce: MockSalesforce) -> [UnmappedRecord] {
        salesforce.export(object: SimulatedPlants.salesforceName).map { plant in
            let values = SimulatedPlants.fields.map { ($0, plant[$0].text ?? "") }
            return UnmappedRecord(
                .salesforce,
                SimulatedPlants.salesforceName,
                plant.id,
                Dictionary(values) { first, _ in first }
            )
        }
    }

    /// The records of the book that the bystander keeps, with the values that it gave: what it makes in
    /// batches and jobs is not told there.
    private static func others(
        of state: MockWorld.State,
        _ expected: [UnmappedRecord]
    ) -> [UnmappedRecord] {
        let objects = SimulatedBystander.objects
        let known = expected.filter { objects[$0.side]?.contains($0.object) == true }
        let names = Dictionary(known.map { ($0.id, $0.values.keys) }) { first, _ in first }
        let hubspot = (objects[.hubspot] ?? []).flatMap { object in
            state.hubspot.export(object: object).compactMap { record in
                names[record.id].map { names in
                    let values = names.map { ($0, record[$0] ?? "") }
                    return UnmappedRecord(
                        .hubspot,
                        object,
                        record.id,
                        Dictionary(values) { first, _ in first }
                    )
                }
            }
        }
        let salesforce = (objects[.salesforce] ?? []).flatMap { object in
            state.salesforce.export(object: object).compactMap { record in
                names[record.id].map { names in
                    let values = names.map { ($0, record[$0].wireText) }
                    return UnmappedRecord(
                        .salesforce,
                        object,
                        record.id,
                        Dictionary(values) { first, _ in first }
                    )
                }
            }
        }
        return hubspot + salesforce
    }

    /// The leads of the book: what others make of theirs is not told there.
    private static func leads(
        of salesforce: MockSalesforce,
        _ expected: [UnmappedRecord]
    ) -> [UnmappedRecord] {
        let known = Set(expected.filter { $0.object == "Lead" }.map(\.id))
        return salesforce.export(object: "Lead").filter { known.contains($0.id) }.map { lead in
            UnmappedRecord(
                .salesforce,
                "Lead",
                lead.id,
                ["OwnerId": lead["OwnerId"].text ?? ""]
            )
        }
    }
}
