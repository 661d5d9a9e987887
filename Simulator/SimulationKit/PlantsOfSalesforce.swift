import HTTPTransport
import MockSalesforce
import SyncCore
import WireJSON

/// Salesforce's plants: a custom object with lookups to contacts and leads.
struct PlantsOfSalesforce: PlantKeeper {
    let world: MockWorld
    let side = Side.salesforce
    let object = SimulatedPlants.salesforceName
    let cityName = "City__c"

    func make(_ name: String, _ city: String, isApp: Bool) throws -> UnmappedRecord? {
        let id: String?
        if isApp {
            let body = #"{"Name":"\#(name)","City__c":"\#(city)"}"#
            let reply = self.send(.post, "/sobjects/Plant__c/", body)
            id = reply.flatMap { try? JSON(parsing: $0.body)["id"]?.string }
        } else {
            id = try self.world.with { state, now in
                try state.salesforce.create(
                    object: self.object,
                    fields: [.init("Name", .text(name)), .init("City__c", .text(city))],
                    at: state.time(.salesforce, at: now)
                )
            }
        }
        return id.map {
            let values = ["Name": name, "City__c": city, "Contact__c": "", "Lead__c": ""]
            return UnmappedRecord(self.side, self.object, $0, values)
        }
    }

    func edit(_ id: String, city: String, isApp: Bool) throws -> Bool {
        try self.write(id, "City__c", city, isApp)
    }

    func delete(_ id: String, isApp: Bool) throws -> Bool {
        guard !isApp else { return self.send(.delete, "/sobjects/Plant__c/\(id)") != nil }
        try self.world.with { state, now in
            try state.salesforce.delete(id, at: state.time(.salesforce, at: now))
        }
        return true
    }

    func restore(_ id: String) throws {
        try self.world.with { state, now in
            try state.salesforce.undelete(id, at: state.time(.salesforce, at: now))
        }
    }

    func tie(_ record: UnmappedRecord, _ other: Int, isApp: Bool) throws -> UnmappedRecord? {
        let target = other % 3 == 0 ? "Lead" : "Contact"
        let targets = self.world.with { state, _ in
            state.salesforce.export(object: target).filter {
                $0["IsConverted"] != .boolean(true) && !SimulatedPersons.isShadow($0)
            }.map(\.id)
        }
        guard !targets.isEmpty else { return nil }
        let id = targets[other % targets.count]
        guard try self.write(record.id, target + "__c", id, isApp) else { return nil }
        var record = record
        record.values[target + "__c"] = id
        return record
    }

    func part(_ record: UnmappedRecord, _ other: Int, isApp: Bool) throws -> UnmappedRecord? {
        let lookup = other % 3 == 0 ? "Lead__c" : "Contact__c"
        guard try self.write(record.id, lookup, nil, isApp) else { return nil }
        var record = record
        record.values[lookup] = ""
        return record
    }

    private func write(
        _ id: String,
        _ field: String,
        _ value: String?,
        _ isApp: Bool
    ) throws -> Bool {
        guard !isApp else {
            let text = value.map { "\"\($0)\"" } ?? "null"
            let body = "{\"\(field)\":\(text)}"
            return self.send(.patch, "/sobjects/Plant__c/\(id)", body) != nil
        }
        try self.world.with { state, now in
            try state.salesforce.edit(
                id,
                fields: [.init(field, value.map { .text($0) } ?? .null)],
                at: state.time(.salesforce, at: now)
            )
        }
        return true
    }

    private func send(_ method: HTTPMethod, _ path: String, _ body: String = "") -> HTTPResponse? {
        self.world.with { state, now in
            let now = state.time(.salesforce, at: now)
            return OtherApp.send(method, path, body, to: &state.salesforce, at: now)
        }
    }
}
