package import CRMInterface
package import HTTPTransport
package import SyncCore
import WireJSON

/// Builds Salesforce's requests as bytes; nothing here is sent.
package struct SalesforceRequests: Sendable {
    package let configuration: SalesforceConfiguration
    package let paths: SalesforcePaths

    package init(configuration: SalesforceConfiguration) {
        self.configuration = configuration
        self.paths = SalesforcePaths(version: configuration.apiVersion)
    }

    // MARK: - Sign-in

    /// Salesforce Help: remoteaccess_oauth_refresh_token_flow,
    /// remoteaccess_oauth_client_credentials_flow.
    package func token(refreshToken: String?) -> HTTPRequest {
        var fields: [(String, String)] = []
        switch refreshToken {
        case let token?: fields += [("grant_type", "refresh_token"), ("refresh_token", token)]
        case nil: fields += [("grant_type", "client_credentials")]
        }
        fields.append(("client_id", self.configuration.clientID))
        if let secret = self.configuration.clientSecret { fields.append(("client_secret", secret)) }
        return self.form(fields, to: self.paths.token)
    }

    // MARK: - Reading

    /// Several GETs in one call; long queries go in a body instead of a URL.
    ///
    /// REST API: resources_composite_composite_post (one call, 25 parts), requests_composite
    /// (`collateSubrequests` is true where nothing is said).
    package func composite(gets urls: [String]) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { root in
            root.member("allOrNone", false)
            root.member("collateSubrequests", false)
            root.name("compositeRequest")
            root.array { list in
                for (place, url) in urls.enumerated() {
                    list.object { item in
                        item.member("method", "GET")
                        item.member("url", url)
                        item.member("referenceId", "q\(place)")
                    }
                }
            }
        }
        return self.post(self.paths.composite, writer.bytes)
    }

    package func get(_ path: String) -> HTTPRequest {
        HTTPRequest(method: .get, url: path)
    }

    /// Collections read: `null` in the place of an id that is missing or not visible (REST API:
    /// resources_composite_sobjects_collections_retrieve_post).
    package func read(_ object: ObjectMapping.Object, ids: [String]) -> HTTPRequest {
        self.read(object.name, ids: ids, fields: SalesforceQueries.fieldNames(object))
    }

    // MARK: - Writing

    /// One Composite of up to five Collections; alike writes stand next to each other.
    ///
    /// Conditional updates, at most 25, are subrequests of their own: Collections take no condition
    /// (REST API: resources_composite_sobjects_collections_update,
    /// intro_rest_conditional_requests).
    ///
    /// - Returns: the request, and which writes each subrequest carries.
    package func write(
        _ batch: [RecordWrite],
        collectionMax: Int
    ) -> (request: HTTPRequest, parts: [[RecordWrite]]) {
        let parts = Self.parts(batch, collectionMax: collectionMax)
        var writer = JSONWriter(reserving: batch.count * 256)
        writer.object { root in
            root.member("allOrNone", false)
            root.member("collateSubrequests", false)
            root.name("compositeRequest")
            root.array { list in
                for (place, part) in parts.enumerated() {
                    list.object { self.collection(part, place: place, into: &$0) }
                }
            }
        }
        var request = self.post(self.paths.composite, writer.bytes)
        // The org's change events name it as their origin (Change Data Capture:
        // cdc_event_fields_header).
        request.headers.append(HTTPHeader("Sforce-Call-Options", "client=duet"))
        return (request, parts)
    }

    /// Consecutive writes of one object, action and key, at most so many each: a Collection of
    /// several types is worked off in chunks, ten at most (REST API:
    /// resources_composite_sobjects_collections_create).
    static func parts(_ batch: [RecordWrite], collectionMax: Int) -> [[RecordWrite]] {
        var order: [String] = []
        var groups: [String: [RecordWrite]] = [:]
        for write in batch {
            let name: String
            switch write.action {
            case .update where write.unmodifiedSince != nil: name = "\(write.entryID) alone"
            case .update: name = "\(write.object) update"
            case .createByKey, .createWithoutKey:
                name = "\(write.object) insert\(write.isAssigned ? ", assigned" : "")"
            case .delete: name = "\(write.object) delete"
            }
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(write)
        }
        return order.flatMap { name -> [[RecordWrite]] in
            let group = groups[name] ?? []
            return stride(from: 0, to: group.count, by: collectionMax).map { start in
                Array(group[start..<min(start + collectionMax, group.count)])
            }
        }
    }

    private func collection(_ part: [RecordWrite], place: Int, into item: inout JSONWriter) {
        guard let first = part.first else { return }
        if let stamp = first.unmodifiedSince, case .update(let id) = first.action {
            self.conditional(first, id, stamp, place: place, into: &item)
            return
        }
        switch first.action {
        case .update:
            item.member("method", "PATCH")
            item.member("url", self.paths.collections)
        case .createByKey, .createWithoutKey:
            item.member("method", "POST")
            item.member("url", self.paths.collections)
        case .delete:
            // REST API: resources_composite_sobjects_collections_delete.
            let ids = part.compactMap(\.deletedID).joined(separator: ",")
            item.member("method", "DELETE")
            item.member("url", self.paths.collections + "?ids=\(ids)&allOrNone=false")
            item.member("referenceId", "w\(place)")
            return
        }
        item.member("referenceId", "w\(place)")
        item.name("httpHeaders")
        item.object { headers in
            headers.member(Self.assignmentHeader, first.isAssigned ? "TRUE" : "FALSE")
            if self.configuration.savesDespiteDuplicateAlerts {
                headers.member("Sforce-Duplicate-Rule-Header", "allowSave=true")
            }
        }
        item.name("body")
        item.object { body in
            body.member("allOrNone", false)
            body.name("records")
            body.array { records in
                for write in part { records.object { Self.record(write, into: &$0) } }
            }
        }
    }

    /// One row that is stored only if nobody has changed it after a stamp; 412 otherwise (REST API:
    /// intro_rest_conditional_requests).
    private func conditional(
        _ write: RecordWrite,
        _ id: String,
        _ stamp: ServerTime,
        place: Int,
        into item: inout JSONWriter
    ) {
        item.member("method", "PATCH")
        item.member("url", self.paths.row(write.object, id))
        item.member("referenceId", "w\(place)")
        item.name("httpHeaders")
        item.object { headers in
            headers.member("If-Unmodified-Since", HTTPDate.text(stamp))
            headers.member(Self.assignmentHeader, "FALSE")
            if self.configuration.savesDespiteDuplicateAlerts {
                headers.member("Sforce-Duplicate-Rule-Header", "allowSave=true")
            }
        }
        item.name("body")
        item.object { Self.write(write.fields, into: &$0) }
    }

    /// Left out, rules choose an owner anew with every write, also of the cases and leads that a write of another record
    /// changes by the org's own automation (REST API: headers_autoassign).
    private static let assignmentHeader = "Sforce-Auto-Assign"

    private static func record(_ write: RecordWrite, into record: inout JSONWriter) {
        record.name("attributes")
        record.object { $0.member("type", write.object) }
        switch write.action {
        case .update(let id): record.member("id", id)
        case .createByKey(let field, let value): record.member(field, value)
        case .createWithoutKey, .delete: break
        }
        Self.write(write.fields, into: &record)
    }

    /// The values of a record; blank clears.
    static func write(_ fields: [RecordWrite.Field], into record: inout JSONWriter) {
        for field in fields {
            record.name(field.name)
            guard !field.value.isBlank else {
                record.null()
                continue
            }
            let text = Normalization.wireText(field.value, type: field.type, side: .salesforce)
            switch field.type {
            case .number, .boolean: record.raw(text)
            case .text, .email, .date, .datetime, .singleChoice, .multiChoice, .reference:
                record.string(text)
            }
        }
    }

    func post(_ path: String, _ body: [UInt8]) -> HTTPRequest {
        HTTPRequest(
            method: .post,
            url: path,
            headers: [HTTPHeader("Content-Type", "application/json")],
            body: body
        )
    }
}
