package import CRMInterface
package import HTTPTransport
import SyncCore
import WireJSON

/// Records of any object: `Account`, `Opportunity`, `Case`, `Task`, `Event`, `EmailMessage`,
/// `X__c`.
///
/// There is no merge: REST has no resource for it, only SOAP and Apex do; a merge is found by
/// `MasterRecordId` (SOAP API: merge).
extension SalesforceRequests {
    // MARK: - Reading

    /// A page of what exists, in id order, restartable after any id.
    ///
    /// `fields` may name parents' fields: `Account.Name`.
    package func records(
        of object: String,
        fields: [String],
        afterID: String? = nil
    ) -> HTTPRequest {
        let bound = afterID.map { " WHERE Id > '\(SalesforceQueries.escaped($0))'" } ?? ""
        return self.statement(
            "SELECT \(Self.list(fields)) FROM \(object)\(bound) ORDER BY Id LIMIT 2000"
        )
    }

    /// Collections read of at most 2,000 ids: `null` in the place of one that is missing or hidden;
    /// a field that is missing or hidden fails them all (REST API:
    /// resources_composite_sobjects_collections_retrieve_post).
    package func read(_ object: String, ids: [String], fields: [String]) -> HTTPRequest {
        var writer = JSONWriter(reserving: ids.count * 24)
        writer.object { root in
            root.name("ids")
            root.array { list in for id in ids.prefix(2_000) { list.string(id) } }
            root.name("fields")
            root.array { list in for name in fields { list.string(name) } }
        }
        return self.post(self.paths.collections(object), writer.bytes)
    }

    // MARK: - Writing

    /// One Collection of at most 200 writes of one kind; `nil` for none and for kinds that are
    /// mixed.
    ///
    /// REST API: resources_composite_sobjects_collections_create, _update and _upsert: create and
    /// update by id take any object, upsert names it and its key.
    package func write(_ writes: [PlainWrite], to object: String) -> HTTPRequest? {
        guard let first = writes.first, writes.count <= 200 else { return nil }
        let (method, path): (HTTPMethod, String)
        switch first.target {
        case .new: (method, path) = (.post, self.paths.collections)
        case .id: (method, path) = (.patch, self.paths.collections)
        case .key(let field, _):
            (method, path) = (.patch, self.paths.collections(object) + "/" + field)
        }
        guard writes.allSatisfy({ $0.isAlike(first) }) else { return nil }
        var writer = JSONWriter(reserving: writes.count * 256)
        writer.object { root in
            root.member("allOrNone", false)
            root.name("records")
            root.array { records in
                for write in writes {
                    records.object { Self.record(write, object, into: &$0) }
                }
            }
        }
        var request = self.post(path, writer.bytes)
        request.method = method
        request.headers.append(HTTPHeader("Sforce-Call-Options", "client=duet"))
        if self.configuration.savesDespiteDuplicateAlerts {
            request.headers.append(HTTPHeader("Sforce-Duplicate-Rule-Header", "allowSave=true"))
        }
        return request
    }

    private static func record(
        _ write: PlainWrite,
        _ object: String,
        into record: inout JSONWriter
    ) {
        record.name("attributes")
        record.object { $0.member("type", object) }
        switch write.target {
        case .new: break
        case .id(let id): record.member("id", id)
        case .key(let field, let value): record.member(field, value)
        }
        Self.write(write.fields, into: &record)
    }

    /// Deletes at most 200 records of any object into the recycle bin (REST API:
    /// resources_composite_sobjects_collections_delete).
    package func delete(_ ids: [String]) -> HTTPRequest {
        let list = ids.prefix(200).map(Percent.form).joined(separator: ",")
        return HTTPRequest(
            method: .delete,
            url: self.paths.collections + "?ids=\(list)&allOrNone=false",
            headers: [HTTPHeader("Sforce-Call-Options", "client=duet")]
        )
    }

    // MARK: - Together

    /// A part of a Composite; later parts may name results of earlier ones as `@{reference.id}`.
    package struct Part: Sendable {
        package var reference: String
        package var request: HTTPRequest

        package init(_ reference: String, _ request: HTTPRequest) {
            self.reference = reference
            self.request = request
        }
    }

    /// At most 25 requests as one call, whole or nothing where asked for; `nil` for more.
    ///
    /// REST API: resources_composite_composite_post: five of the parts at most may be queries or
    /// Collections; requests_composite: headers of parts go along without `Content-Type`, which
    /// Salesforce refuses there.
    package func composite(_ parts: [Part], allOrNone: Bool) -> HTTPRequest? {
        guard (1...25).contains(parts.count) else { return nil }
        var writer = JSONWriter(reserving: parts.count * 256)
        writer.object { root in
            root.member("allOrNone", allOrNone)
            root.member("collateSubrequests", false)
            root.name("compositeRequest")
            root.array { list in
                for part in parts { list.object { Self.write(part, into: &$0) } }
            }
        }
        return self.post(self.paths.composite, writer.bytes)
    }

    private static func write(_ part: Part, into item: inout JSONWriter) {
        let headers = part.request.headers.filter { header in
            !["content-type", "authorization", "accept"].contains(header.name.lowercased())
        }
        item.member("method", part.request.method.rawValue)
        item.member("url", part.request.url)
        item.member("referenceId", part.reference)
        if !headers.isEmpty {
            item.name("httpHeaders")
            item.object { list in for header in headers { list.member(header.name, header.value) } }
        }
        guard !part.request.body.isEmpty else { return }
        item.name("body")
        item.raw(part.request.body)
    }

    // MARK: - Pieces

    /// A query, in a body where it is long: a long URL is refused with 414 (Salesforce Help
    /// 000386264).
    func statement(_ soql: String) -> HTTPRequest {
        guard soql.utf8.count > 2_000 else { return self.query(soql) }
        return self.composite(gets: [self.paths.query(soql)])
    }

    /// `Id` first and each name once.
    static func list(_ fields: [String]) -> String {
        var seen: Set = ["id"]
        let names = fields.filter { seen.insert($0.lowercased()).inserted }
        return (["Id"] + names).joined(separator: ",")
    }
}
