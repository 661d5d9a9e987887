import HTTPTransport
import MockHubSpot
import SyncCore
import WireJSON

/// HubSpot's plants: a custom object that was made over its schemas API, tied to contacts.
struct PlantsOfHubSpot: PlantKeeper {
    let world: MockWorld
    let side = Side.hubspot
    let object = SimulatedPlants.hubspotName
    let cityName = "city"

    /// Whether the object is there now.
    func makeSchema() -> Bool {
        let body =
            #"{"name":"plant","labels":{"singular":"Plant","plural":"Plants"},"#
            + #""primaryDisplayProperty":"plant_name","requiredProperties":["plant_name"],"#
            + #""properties":[{"name":"plant_name","label":"Name","type":"string","#
            + #""fieldType":"text"},{"name":"city","label":"City","type":"string","#
            + #""fieldType":"text"}],"associatedObjects":["CONTACT"]}"#
        return self.send(.post, "/crm/v3/schemas", body) != nil
    }

    func make(_ name: String, _ city: String, isApp: Bool) throws -> UnmappedRecord? {
        let id: String?
        if isApp {
            let body = #"{"properties":{"plant_name":"\#(name)","city":"\#(city)"}}"#
            let reply = self.send(.post, "/crm/v3/objects/plant", body)
            id = reply.flatMap { try? JSON(parsing: $0.body)["id"]?.string }
        } else {
            id = try self.world.with { state, now in
                try state.hubspot.create(
                    object: self.object,
                    fields: [("plant_name", name), ("city", city)],
                    at: state.time(.hubspot, at: now)
                )
            }
        }
        return id.map {
            UnmappedRecord(self.side, self.object, $0, ["plant_name": name, "city": city])
        }
    }

    func edit(_ id: String, city: String, isApp: Bool) throws -> Bool {
        guard !isApp else {
            let body = #"{"properties":{"city":"\#(city)"}}"#
            return self.send(.patch, "/crm/v3/objects/plant/\(id)", body) != nil
        }
        try self.world.with { state, now in
            try state.hubspot.edit(
                id,
                object: self.object,
                fields: [("city", city)],
                at: state.time(.hubspot, at: now)
            )
        }
        return true
    }

    func delete(_ id: String, isApp: Bool) throws -> Bool {
        guard !isApp else { return self.send(.delete, "/crm/v3/objects/plant/\(id)") != nil }
        try self.world.with { state, now in
            try state.hubspot.archive(
                id,
                object: self.object,
                at: state.time(.hubspot, at: now)
            )
        }
        return true
    }

    func restore(_ id: String) throws {
        try self.world.with { state, now in
            try state.hubspot.restore(
                id,
                object: self.object,
                at: state.time(.hubspot, at: now)
            )
        }
    }

    func tie(_ record: UnmappedRecord, _ other: Int, isApp: Bool) throws -> UnmappedRecord? {
        let contacts = self.world.with { state, _ in state.hubspot.export(object: "contacts") }
        guard !contacts.isEmpty else { return nil }
        let contact = contacts[other % contacts.count].id
        if isApp {
            let path = "/crm/v4/objects/plant/\(record.id)/associations/default/contacts/\(contact)"
            guard self.send(.put, path) != nil else { return nil }
        } else {
            try self.world.with { state, _ in
                try state.hubspot.tie(
                    record.id,
                    of: self.object,
                    to: contact,
                    of: "contacts"
                )
            }
        }
        var record = record
        record.ties = Set(record.ties + [contact]).sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
        return record
    }

    /// People do it over the same request as apps.
    func part(_ record: UnmappedRecord, _ other: Int, isApp: Bool) throws -> UnmappedRecord? {
        guard !record.ties.isEmpty else { return nil }
        let contact = record.ties[other % record.ties.count]
        let path = "/crm/v4/objects/plant/\(record.id)/associations/contacts/\(contact)"
        guard self.send(.delete, path) != nil else { return nil }
        var record = record
        record.ties.removeAll { $0 == contact }
        return record
    }

    private func send(_ method: HTTPMethod, _ path: String, _ body: String = "") -> HTTPResponse? {
        self.world.with { state, now in
            let now = state.time(.hubspot, at: now)
            return OtherApp.send(method, path, body, to: &state.hubspot, at: now)
        }
    }
}
