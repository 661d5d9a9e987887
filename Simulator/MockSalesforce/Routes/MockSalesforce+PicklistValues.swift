import HTTPTransport
import WireJSON

/// What clients of records need of the UI API: objects, and their picklists by record type.
extension MockSalesforce {
    /// `ui-api/object-info/{object}`, and the picklists below it.
    func objectInfo(_ request: RESTRequest, _ now: Int64) throws(RequestFailure) -> RESTReply {
        let path = request.path
        guard path.count == 3, path[1] == "object-info" else {
            return try self.picklistValues(request, now)
        }
        guard let table = self.org.readableTable(path[2]) else { throw RequestFailure.notFound }
        try Self.allow([.get], request)
        let info = ObjectInfo(
            org: self.org,
            object: self.org.tables[table].object,
            table: table,
            changedAt: self.settings.metadataChangedAt
        )
        return RESTReply.json(reserving: 65_536) { info.write(to: &$0) }
    }

    /// `ui-api/object-info/{object}/picklist-values/{recordType}`: every picklist of the object with
    /// the values that may be chosen, under the master all of them.
    private func picklistValues(
        _ request: RESTRequest,
        _ now: Int64
    ) throws(RequestFailure) -> RESTReply {
        let path = request.path
        guard path.count == 5, path[1] == "object-info", path[3] == "picklist-values",
            let table = self.org.table(path[2])
        else { throw RequestFailure.notFound }
        try Self.allow([.get], request)
        let object = self.org.tables[table].object
        let id = SalesforceID.canonical(path[4])
        let type = self.org.recordTypes(of: object.name).first { $0.id == id }?.type
        guard id == Self.masterRecordType || type != nil else {
            throw RequestFailure("INVALID_TYPE", "Invalid recordTypeId", status: 400)
        }
        let url = "/services/data/\(request.version)/" + path.joined(separator: "/")
        return RESTReply.json(reserving: 16_384) { writer in
            writer.object { writer in
                writer.member("eTag", "0")
                writer.name("picklistFieldValues")
                writer.object { fields in
                    for field in object.fields
                    where !field.isRemoved && [.picklist, .multipicklist].contains(field.type) {
                        fields.name(field.name)
                        let left = type?.picklists[field.name] ?? field.picklistValues
                        let values = field.picklistValues.filter {
                            left.contains($0) && !field.inactiveValues.contains($0)
                        }
                        Self.write(values, url + "/" + field.name, into: &fields)
                    }
                }
            }
        }
    }

    private static func write(
        _ choices: [String],
        _ url: String,
        into writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.name("controllerValues")
            writer.object { _ in }
            writer.name("defaultValue")
            writer.null()
            writer.member("eTag", "0")
            writer.member("url", url)
            writer.name("values")
            writer.array { values in
                for value in choices {
                    values.object { item in
                        item.name("attributes")
                        item.null()
                        item.member("label", value)
                        item.name("validFor")
                        item.array { _ in }
                        item.member("value", value)
                    }
                }
            }
        }
    }
}
