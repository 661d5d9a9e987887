import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import SyncCore
import SyncRuntime
import SyncStore

extension Rehearsal {
    /// The mapping with one more field: the company that HubSpot shows in a property is the account.
    static func referring(
        _ mapping: ObjectMapping,
        by property: String,
        as field: String = "AccountId"
    ) -> ObjectMapping {
        var mapping = mapping
        let shape = FieldShape(type: .reference)
        mapping.hubspot.fields.append(.init(name: property, shape: shape))
        for place in mapping.salesforce.indices {
            // A lead has no account.
            let hasAccount = mapping.salesforce[place].name != "Lead"
            mapping.salesforce[place].fields.append(
                hasAccount ? .init(name: field, shape: shape) : nil
            )
        }
        mapping.fields.append(
            FieldMapping(
                index: mapping.fields.count,
                hubspot: property,
                salesforce: field,
                rule: .twoWay,
                kind: .reference("companies")
            )
        )
        return mapping
    }

    /// Companies, contacts, deals and tickets, each tied to its company.
    static func everything(
        settings: MockHubSpotSettings = MockHubSpotSettings(),
        runtime: RuntimeSettings = RuntimeSettings()
    ) async throws -> Rehearsal {
        let time = ManualTime()
        let world = MockWorld(
            hubspot: MockHubSpot(settings: settings),
            salesforce: MockSalesforce(),
            time: time
        )
        let stage = try await Rehearsal(
            world: world,
            time: time,
            settings: runtime,
            mapping: Self.referring(
                Self.companies(),
                by: "hs_parent_company_id",
                as: "ParentId"
            ),
            others: [
                Self.referring(Self.mapping(), by: "associatedcompanyid"),
                Self.referring(Self.deals(), by: "hs_primary_associated_company"),
                Self.referring(Self.tickets(), by: "hs_primary_company_id"),
            ]
        )
        _ = try await stage.runner.sync()
        stage.wait()
        return stage
    }

    /// A person makes a company the primary one of a record.
    func ties(_ id: String, of object: String = "contacts", to company: String) throws {
        try self.world.with { state, _ in
            try state.hubspot.tie(id, of: object, to: company, of: "companies", isPrimary: true)
        }
    }

    /// The companies that a record is tied to.
    func companies(of id: String, in object: String = "contacts") -> [String] {
        self.world.with { state, _ in state.hubspot.ties(of: id, in: object, to: "companies") }
    }

    /// The primary company of a record.
    func company(of id: String, in object: String = "contacts") -> String? {
        self.world.with { state, _ in state.hubspot.primaryCompany(of: id, in: object) }
    }

    /// The company that a company shows as its parent.
    func parent(of company: String) -> String? {
        self.world.with { state, _ in state.hubspot.parentCompany(of: company) }
    }

    /// How many calls of an endpoint got through.
    func calls(to endpoint: String) async throws -> Int {
        try await self.store.calls(since: 0).filter { $0.endpoint == endpoint }
            .reduce(0) { $0 + $1.calls }
    }

    /// The calls that read records by id.
    func reads() async throws -> Int {
        let looks: Set<String> = ["guard", "history", "parked", "missing", "parent", "readBack"]
        return try await self.store.calls(since: 0).filter { looks.contains($0.purpose) }
            .reduce(0) { $0 + $1.calls }
    }
}
