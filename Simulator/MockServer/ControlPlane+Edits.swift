import HTTPTransport
import MockHubSpot
import MockSalesforce
import SimulationKit
import WireJSON

extension ControlPlane {
    /// Carries out people's edits, one JSON object a line; all that can be done are done.
    func edits(_ body: [UInt8]) throws -> HTTPResponse {
        var ids: [String] = []
        var line = 0
        for bytes in body.split(separator: 0x0A) {
            line += 1
            guard let json = try? JSON(parsing: Array(bytes)) else {
                throw ControlFailure("Line \(line) is not JSON.")
            }
            do {
                ids.append(try self.world.with { state, now in try Self.edit(json, &state, now) })
            } catch let failure as ControlFailure {
                throw ControlFailure("Line \(line): \(failure.description)")
            }
        }
        return ControlReply.json { root in
            root.member("edits", ids.count)
            root.name("ids")
            root.array { list in for id in ids { list.string(id) } }
        }
    }

    private static func edit(
        _ json: JSON,
        _ state: inout MockWorld.State,
        _ now: Int64
    ) throws -> String {
        guard let object = json["object"]?.string else {
            throw ControlFailure("`object` is missing.")
        }
        let id = json["id"]?.string ?? json["id"]?.numberText
        let operation = json["op"]?.string ?? (id == nil ? "create" : "update")
        do {
            return state.hubspot.objectName(of: object) == object
                ? try Self.hubspot(operation, object, id, json, &state.hubspot, now)
                : try Self.salesforce(operation, object, id, json, &state.salesforce, now)
        } catch let failure as ControlFailure {
            throw failure
        } catch {
            throw ControlFailure("The CRM refused it: \(error).")
        }
    }

    private static func fields(_ json: JSON) -> [(String, String)] {
        (json["fields"]?.members ?? []).map { name, value in
            (name, value.string ?? value.numberText ?? value.boolean.map { "\($0)" } ?? "")
        }
    }

    private static func hubspot(
        _ operation: String,
        _ object: String,
        _ id: String?,
        _ json: JSON,
        _ mock: inout MockHubSpot,
        _ now: Int64
    ) throws -> String {
        if operation == "create" {
            return try mock.create(object: object, fields: Self.fields(json), at: now)
        }
        guard let id else { throw ControlFailure("`id` is missing.") }
        switch operation {
        case "update": try mock.edit(id, object: object, fields: Self.fields(json), at: now)
        case "delete": try mock.archive(id, object: object, at: now)
        case "undelete": try mock.restore(id, object: object, at: now)
        case "merge":
            guard let other = json["with"]?.string else {
                throw ControlFailure("`with` is missing.")
            }
            return try mock.merge(id, with: other, object: object, at: now)
        case "tie":
            guard let other = json["with"]?.string, let type = json["withObject"]?.string else {
                throw ControlFailure("`with` or `withObject` is missing.")
            }
            let isPrimary = json["primary"]?.boolean ?? false
            try mock.tie(id, of: object, to: other, of: type, isPrimary: isPrimary)
        case "hide": try mock.setVisible(id, object: object, false)
        case "show": try mock.setVisible(id, object: object, true)
        default: throw ControlFailure("`op` \(operation) is unknown.")
        }
        return id
    }

    private static func salesforce(
        _ operation: String,
        _ object: String,
        _ id: String?,
        _ json: JSON,
        _ mock: inout MockSalesforce,
        _ now: Int64
    ) throws -> String {
        let fields = Self.fields(json).map { name, value in
            MockSalesforceRecord.Field(name, value.isEmpty ? .null : .text(value))
        }
        if operation == "create" { return try mock.create(object: object, fields: fields, at: now) }
        guard let id else { throw ControlFailure("`id` is missing.") }
        switch operation {
        case "update": try mock.edit(id, fields: fields, at: now)
        case "delete": try mock.delete(id, at: now)
        case "undelete": try mock.undelete(id, at: now)
        case "convert": return try mock.convert(lead: id, at: now).contactID
        case "hide", "show": try mock.setVisible(id, operation == "show")
        default: throw ControlFailure("`op` \(operation) is unknown.")
        }
        return id
    }
}
