package import HTTPTransport
import MockHubSpot
import MockSalesforce
package import SimulationKit
import WireJSON

/// The simulator's own endpoints: usage, exports, people's edits, the clock, faults, settings,
/// snapshots, reset.
///
/// Nothing here is billed, and it may be asked at either CRM's port.
package struct ControlPlane: Sendable {
    let world: MockWorld
    private let start: MockWorld.State
    private let snapshot: String?
    /// One snapshot is written after the other.
    private let saving = Locked(0)

    /// `world`: as it is now; that is what `reset` goes back to.
    ///
    /// `snapshot`: the file that `save` writes; none without.
    package init(world: MockWorld, snapshot: String? = nil) {
        self.world = world
        self.start = world.with { state, _ in state }
        self.snapshot = snapshot
    }

    /// Answers one control request.
    package func handle(_ request: HTTPRequest, path: String) -> HTTPResponse {
        do {
            switch (request.method, path) {
            case (.get, "/_control/usage"): return self.usage()
            case (.get, "/_control/faults"): return self.faults()
            case (.post, "/_control/faults"):
                try self.setFaults(try Self.object(request))
                return self.faults()
            case (.get, "/_control/settings"): return try self.settings()
            case (.patch, "/_control/settings"):
                try self.changeSettings(try Self.object(request))
                return try self.settings()
            case (.post, "/_control/clock"): return try self.clock(try Self.object(request))
            case (.post, "/_control/edits"): return try self.edits(request.body)
            case (.post, "/_control/objects"): return try self.addObject(Self.object(request))
            case (.post, "/_control/reset"):
                self.world.with { state, _ in state = self.start }
                return ControlReply.json { $0.member("reset", true) }
            case (.post, "/_control/save"): return try self.save()
            case (.get, _) where path.hasPrefix("/_control/export/"):
                return try self.export(String(path.dropFirst("/_control/export/".count)))
            default:
                return ControlReply.error(
                    "There is no \(request.method.rawValue) \(path).",
                    status: 404
                )
            }
        } catch let failure as ControlFailure {
            return ControlReply.error(failure.description)
        } catch {
            return ControlReply.error("The request cannot be read.")
        }
    }

    private static func object(_ request: HTTPRequest) throws -> JSON {
        guard let json = try? JSON(parsing: request.body), json.kind == .object else {
            throw ControlFailure("The body must be one JSON object.")
        }
        return json
    }

    // MARK: - Object types

    /// Makes a custom object of Salesforce, which its REST API cannot.
    private func addObject(_ json: JSON) throws -> HTTPResponse {
        do {
            let name = try self.world.with { state, now in
                let name = try state.salesforce.addObject(metadata: json, at: now)
                if json["changeEvents"]?.boolean == true {
                    state.salesforce.settings.streaming.selectedObjects.append(name)
                }
                return name
            }
            return ControlReply.json { $0.member("object", name) }
        } catch let refusal as MockSalesforceError {
            throw ControlFailure("\(refusal.code): \(refusal.message)")
        }
    }

    // MARK: - Snapshots

    /// Writes the world to the file that it was started with.
    private func save() throws -> HTTPResponse {
        guard let snapshot else {
            throw ControlFailure("There is no file to save to: start `serve` with --save FILE.")
        }
        do {
            let size = try self.saving.withLock { saves in
                saves += 1
                return try Snapshot.save(self.world, to: snapshot)
            }
            return ControlReply.json { root in
                root.member("file", snapshot)
                root.member("bytes", size)
            }
        } catch {
            return ControlReply.error("\(snapshot) cannot be written: \(error)", status: 500)
        }
    }

    // MARK: - Clock

    private func clock(_ json: JSON) throws -> HTTPResponse {
        guard let seconds = json["advanceSeconds"]?.double, seconds >= 0, seconds <= 400_000_000
        else { throw ControlFailure("`advanceSeconds` must be a number from 0 on.") }
        self.world.advanceClock(milliseconds: Int64(seconds * 1_000))
        return ControlReply.json { $0.member("now", self.world.serverTime) }
    }

    // MARK: - Exports

    private func export(_ object: String) throws -> HTTPResponse {
        let bytes = self.world.with { state, _ -> [UInt8] in
            var bytes: [UInt8] = []
            if state.hubspot.objectName(of: object) == object {
                for record in state.hubspot.export(object: object) {
                    bytes += Self.line(record.id, record.fields.map { ($0.name, $0.value) })
                }
            } else {
                for record in state.salesforce.export(object: object) {
                    let fields = record.fields.map { ($0.name, $0.value.wireText) }
                    bytes += Self.line(record.id, fields)
                }
            }
            return bytes
        }
        return ControlReply.lines(bytes)
    }

    private static func line(_ id: String, _ fields: [(String, String)]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { line in
            line.member("id", id)
            line.name("fields")
            line.object { values in
                for (name, value) in fields where !value.isEmpty { values.member(name, value) }
            }
        }
        return writer.bytes + [0x0A]
    }

    // MARK: - Usage

    private func usage() -> HTTPResponse {
        self.world.with { state, _ in
            ControlReply.json { root in
                root.name("hubspot")
                root.object { Self.write(state.hubspot.usage, into: &$0) }
                root.name("salesforce")
                root.object { Self.write(state.salesforce.bills(), into: &$0) }
            }
        }
    }

    private static func write(_ usage: MockHubSpotUsage, into root: inout JSONWriter) {
        root.member("billed", usage.billedCalls())
        root.name("credentials")
        root.array { list in
            for row in usage.rows {
                list.object { item in
                    item.member("credential", String(row.appID))
                    item.member("kind", "\(row.endpoint)")
                    item.member("requests", row.calls)
                    item.member("cost", row.endpoint.isBilled ? row.calls : 0)
                }
            }
        }
    }

    private static func write(_ bills: [MockSalesforceBill], into root: inout JSONWriter) {
        root.member("billed", bills.reduce(0) { $0 + $1.cost })
        root.name("credentials")
        root.array { list in
            for bill in bills {
                list.object { item in
                    item.member("credential", bill.credential)
                    item.member("kind", "\(bill.kind)")
                    item.member("requests", bill.requests)
                    item.member("cost", bill.cost)
                }
            }
        }
    }
}
