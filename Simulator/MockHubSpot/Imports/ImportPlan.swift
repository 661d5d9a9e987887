import WireJSON

/// An `importRequest` with its files, read and checked.
struct ImportPlan {
    /// Why an import is refused at once.
    struct Refusal: Error {
        var message: String
    }

    var name = ""
    var operations: [String: ImportJob.Operation] = [:]
    var files: [ImportJob.File] = []
    var makesList = false

    /// Asks the portal for the type id of an object by any of its names, and whether a property of
    /// a type finds one record.
    init(
        _ json: JSON,
        _ form: MultipartForm,
        rowsMax: Int,
        typeID: (String) -> String?,
        isUnique: (String, String) -> Bool
    ) throws(Refusal) {
        guard let name = json["name"]?.string, !name.isEmpty else {
            throw Refusal(message: "name is required")
        }
        self.name = name
        self.makesList = json["createContactListFromImport"]?.boolean ?? false
        for (type, value) in json["importOperations"]?.members ?? [] {
            guard let id = typeID(type), let text = value.string,
                let operation = ImportJob.Operation(rawValue: text)
            else { throw Refusal(message: "importOperations are not valid") }
            self.operations[id] = operation
        }
        let wanted = json["files"]?.elements ?? []
        guard !wanted.isEmpty else { throw Refusal(message: "files must not be empty") }
        for (place, file) in wanted.enumerated() {
            let date = (file["dateFormat"] ?? json["dateFormat"])?.string ?? "MONTH_DAY_YEAR"
            guard ["MONTH_DAY_YEAR", "DAY_MONTH_YEAR", "YEAR_MONTH_DAY"].contains(date) else {
                throw Refusal(message: "dateFormat \(date) is not valid")
            }
            let body = try Self.body(of: file, form)
            guard let rows = CSVText.rows(body) else {
                throw Refusal(message: "The file \(file["fileName"]?.string ?? "") is not CSV")
            }
            guard rows.count <= rowsMax else {
                throw Refusal(message: "A file can have at most \(rowsMax) rows")
            }
            let page = file["fileImportPage"]
            let hasHeader = page?["hasHeader"]?.boolean ?? true
            let mappings = page?["columnMappings"]?.elements ?? []
            guard !mappings.isEmpty else {
                throw Refusal(message: "columnMappings must not be empty")
            }
            let header = hasHeader ? rows.first ?? [] : []
            self.files.append(
                ImportJob.File(
                    id: Int64(place) + 1,
                    name: file["fileName"]?.string ?? "",
                    columns: try Self.columns(mappings, header, hasHeader, typeID, isUnique),
                    rows: Array(rows.dropFirst(hasHeader ? 1 : 0)),
                    firstLine: hasHeader ? 2 : 1,
                    dateFormat: date
                )
            )
        }
    }

    private static func body(of file: JSON, _ form: MultipartForm) throws(Refusal) -> [UInt8] {
        let format = file["fileFormat"]?.string ?? "CSV"
        guard format == "CSV" else {
            throw Refusal(message: "fileFormat \(format) is not supported here")
        }
        let name = file["fileName"]?.string ?? ""
        let parts = form.parts.filter { $0.name == "files" }
        let part = parts.first { $0.fileName == name } ?? (parts.count == 1 ? parts.first : nil)
        guard let part else { throw Refusal(message: "The file \(name) was not sent") }
        return part.body
    }

    /// The columns in the order of the file; mappings go by name, or by place without a header.
    private static func columns(
        _ mappings: [JSON],
        _ header: [String],
        _ hasHeader: Bool,
        _ typeID: (String) -> String?,
        _ isUnique: (String, String) -> Bool
    ) throws(Refusal) -> [ImportJob.Column] {
        var mapped: [ImportJob.Column] = []
        for mapping in mappings {
            let name = mapping["columnName"]?.string ?? ""
            let object =
                mapping["columnObjectTypeId"]?.string
                ?? mapping["columnObjectType"]?.string?.lowercased() ?? "0-1"
            guard let type = typeID(object) else {
                throw Refusal(message: "Unable to infer object type from: \(object)")
            }
            guard !hasHeader || header.contains(name) else {
                throw Refusal(message: "The file has no column \(name)")
            }
            let property = mapping["propertyName"]?.string ?? ""
            let kind: ImportJob.Column.Kind
            switch mapping["columnType"]?.string ?? mapping["idColumnType"]?.string {
            case "HUBSPOT_OBJECT_ID": kind = .recordID
            case "HUBSPOT_ALTERNATE_ID":
                guard isUnique(type, property) else {
                    throw Refusal(message: "\(property) is not a unique property")
                }
                kind = .alternateID(property)
            case "FLEXIBLE_ASSOCIATION_LABEL": kind = .label
            default: kind = property.isEmpty ? .ignored : .property(property)
            }
            mapped.append(ImportJob.Column(name: name, objectTypeID: type, kind: kind))
        }
        guard hasHeader else { return mapped }
        return header.map { name in
            mapped.first { $0.name == name }
                ?? ImportJob.Column(name: name, objectTypeID: "", kind: .ignored)
        }
    }
}
