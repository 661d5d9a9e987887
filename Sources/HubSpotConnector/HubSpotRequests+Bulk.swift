package import CRMInterface
package import HTTPTransport
import Signatures
import SyncCore
import WireJSON

/// Imports and exports: files of records that the portal works off by itself. Each request is one
/// call.
///
/// An import tells no ids of its rows: it is good for a first load only. One export runs at a time.
///
/// docs/api/crm/imports and docs/api-reference/crm-exports-v3/guide; OpenAPI:
/// CRM/Imports/Rollouts/144903, CRM/Exports/Rollouts/95922.
extension HubSpotRequests {
    // MARK: - Writing

    package enum BulkOperation: String, Sendable, Hashable {
        case insert = "CREATE"
        case update = "UPDATE"
        /// By the key column of the file.
        case upsert = "UPSERT"
    }

    /// A column of an import's file.
    package struct Column: Sendable, Hashable {
        package enum Kind: String, Sendable, Hashable {
            case value = ""
            /// HubSpot's own id.
            case id = "HUBSPOT_OBJECT_ID"
            /// A unique property, or a contact's address.
            case key = "HUBSPOT_ALTERNATE_ID"
        }

        package var property: String
        package var kind: Kind

        package init(_ property: String, _ kind: Kind = .value) {
            self.property = property
            self.kind = kind
        }
    }

    /// One import with its file, whose header names the columns' properties.
    ///
    /// `nil` above 512 MB (HubSpot's file requirements of imports). The file's hash divides the
    /// parts, which nothing in the file can hold.
    package func ingest(
        _ typeID: String,
        _ operation: BulkOperation,
        _ columns: [Column],
        file: [UInt8]
    ) -> HTTPRequest? {
        guard file.count <= 512_000_000 else { return nil }
        var writer = JSONWriter()
        writer.object { root in
            root.member("name", "Duet")
            root.name("importOperations")
            root.object { $0.member(typeID, operation.rawValue) }
            root.member("dateFormat", "YEAR_MONTH_DAY")
            root.name("files")
            root.array { files in
                files.object { Self.write(columns, typeID, into: &$0) }
            }
        }
        let mark = "duet-" + SHA256.hex(SHA256.digest(file))
        var body = Array(
            "--\(mark)\r\nContent-Disposition: form-data; name=\"importRequest\"\r\n\r\n".utf8
        )
        body += writer.bytes
        body += Array(
            ("\r\n--\(mark)\r\nContent-Disposition: form-data; name=\"files\"; "
                + "filename=\"duet.csv\"\r\nContent-Type: text/csv\r\n\r\n").utf8
        )
        body += file
        body += Array("\r\n--\(mark)--\r\n".utf8)
        return HTTPRequest(
            method: .post,
            url: self.configuration.baseURL + self.paths.imports,
            headers: [HTTPHeader("Content-Type", "multipart/form-data; boundary=\(mark)")],
            body: body
        )
    }

    private static func write(
        _ columns: [Column],
        _ typeID: String,
        into item: inout JSONWriter
    ) {
        item.member("fileName", "duet.csv")
        item.member("fileFormat", "CSV")
        item.name("fileImportPage")
        item.object { page in
            page.member("hasHeader", true)
            page.name("columnMappings")
            page.array { list in
                for column in columns {
                    list.object { item in
                        item.member("columnObjectTypeId", typeID)
                        item.member("columnName", column.property)
                        // The id is no property.
                        item.name("propertyName")
                        if column.kind == .id { item.null() } else { item.string(column.property) }
                        if column.kind != .value { item.member("columnType", column.kind.rawValue) }
                    }
                }
            }
        }
    }

    /// The rows of a file: an empty cell leaves a property as it is.
    ///
    /// Each write's own column comes first: the id, or the key of an upsert.
    package static func file(_ writes: [PlainWrite], fields: [String]) -> [UInt8] {
        PlainWrite.file(writes, fields: fields, idColumn: "hs_object_id") { field in
            Normalization.wireText(field.value, type: field.type, side: .hubspot)
        }
    }

    package func cancel(_ job: String) -> HTTPRequest {
        self.post(self.paths.imports + "/\(job)/cancel", [])
    }

    package func job(_ id: String) -> HTTPRequest { self.get(self.paths.imports + "/" + id) }

    /// A page of an import's refusals; what was stored is told as counts only.
    package func results(of job: String, next: String? = nil) -> HTTPRequest {
        self.get(self.paths.imports + "/\(job)/errors?limit=100" + Self.after(next))
    }

    // MARK: - Reading

    /// All records of an object as a file, values as they are stored.
    ///
    /// `object`: the label in capitals (`CONTACT`), or the name of a custom type.
    package func export(_ object: String, properties: [String]) -> HTTPRequest {
        var writer = JSONWriter()
        writer.object { root in
            root.member("exportType", "VIEW")
            root.member("exportName", "Duet")
            root.member("format", "CSV")
            root.member("language", "EN")
            root.member("objectType", object)
            root.name("objectProperties")
            root.array { list in for name in properties { list.string(name) } }
            root.name("exportInternalValuesOptions")
            root.array { list in
                list.string("NAMES")
                list.string("VALUES")
            }
        }
        return self.post(self.paths.exports + "/export/async", writer.bytes)
    }

    package func exportJob(_ id: String) -> HTTPRequest {
        self.get(self.paths.exports + "/export/async/tasks/\(id)/status")
    }

    /// The file of an ended export; its address lives for minutes and takes no token
    /// (docs/api-reference/crm-exports-v3/guide; for how many minutes is not told).
    package func exportRows(at address: String) -> HTTPRequest {
        HTTPRequest(method: .get, url: address)
    }
}
