package import CRMInterface
package import HTTPTransport
import SyncCore
import WireJSON

/// Records of any object: `companies`, `deals`, `tickets`, `tasks`, `notes`, `calls`, `meetings`,
/// `emails`, custom ones by full name or type id.
///
/// Batches are read by `batchRead`.
extension HubSpotRequests {
    // MARK: - Reading

    /// A page of what exists, or of the archived, in id order; ties to the named objects come
    /// along.
    ///
    /// It is the one bulk read that shows ties (HubSpot's guide "Using object APIs"). 100 a page:
    /// github.com/HubSpot/hubspot-api-python, hubspot/utils/objects.py, PAGE_MAX_SIZE. `next`: what
    /// the page before said of this one.
    package func records(
        of object: String,
        properties: [String],
        ties: [String] = [],
        isArchived: Bool = false,
        next: String? = nil
    ) -> HTTPRequest {
        var query = "?limit=100&properties=" + properties.joined(separator: ",")
        if !ties.isEmpty { query += "&associations=" + ties.joined(separator: ",") }
        if isArchived { query += "&archived=true" }
        return self.get(self.paths.objects(object, query + Self.after(next)))
    }

    // MARK: - Writing

    /// One batch of at most 100 writes of one kind; `nil` for none and for kinds that are mixed.
    ///
    /// Every input carries its place as trace id: without one a single bad input refuses them all,
    /// and results come in any order (docs/api-reference/latest/error-handling: multi-status
    /// errors).
    package func write(_ writes: [PlainWrite], to object: String) -> HTTPRequest? {
        guard let first = writes.first, writes.count <= 100 else { return nil }
        let verb: String
        switch first.target {
        case .new: verb = "create"
        case .id: verb = "update"
        case .key: verb = "upsert"
        }
        guard writes.allSatisfy({ $0.isAlike(first) }) else { return nil }
        var writer = JSONWriter(reserving: writes.count * 256)
        writer.object { root in
            root.name("inputs")
            root.array { inputs in
                for (place, write) in writes.enumerated() {
                    inputs.object { Self.input(write, place, into: &$0) }
                }
            }
        }
        return self.post(self.paths.objects(object, "/batch/" + verb), writer.bytes)
    }

    private static func input(_ write: PlainWrite, _ place: Int, into input: inout JSONWriter) {
        input.member("objectWriteTraceId", String(place))
        switch write.target {
        case .new: break
        case .id(let id): input.member("id", id)
        case .key(let field, let value):
            input.member("id", value)
            input.member("idProperty", field)
        }
        input.name("properties")
        input.object { properties in
            // An upsert that makes the record needs the key among its values too: upserts by e-mail
            // are never partial
            // (docs/api-reference/latest/crm/objects/contacts/batch/upsert-contacts).
            if case .key(let field, let value) = write.target { properties.member(field, value) }
            Self.write(write.fields, into: &properties)
        }
    }

    /// Archives at most 100 records; ids that are none are passed over (OpenAPI:
    /// CRM/Objects/Rollouts/424; the latter is not documented, and nothing relies on it).
    package func delete(_ ids: [String], of object: String) -> HTTPRequest {
        var writer = JSONWriter(reserving: ids.count * 24)
        writer.object { root in
            root.name("inputs")
            root.array { inputs in
                for id in ids.prefix(100) { inputs.object { $0.member("id", id) } }
            }
        }
        return self.post(self.paths.objects(object, "/batch/archive"), writer.bytes)
    }

    // MARK: - Together

    /// Merges one record into another; the result may have a third id, to which both old ones lead.
    ///
    /// Contacts, companies, deals, tickets and custom objects.
    /// changelog/updated-merge-functionality-for-contacts-and-companies.
    package func merge(_ loser: String, into primary: String, of object: String) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { root in
            root.member("primaryObjectId", primary)
            root.member("objectIdToMerge", loser)
        }
        return self.post(self.paths.objects(object, "/merge"), writer.bytes)
    }
}
