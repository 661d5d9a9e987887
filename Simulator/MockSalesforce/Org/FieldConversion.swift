/// Turns what a client sends for one field into what is stored, or says why not.
struct FieldConversion: Sendable {
    let field: MockField
    let trimsText: Bool

    func convert(_ value: Value) throws(RequestFailure) -> Value {
        let trimmed = self.trimmed(value)
        if trimmed.isNull {
            guard self.field.type == .boolean else { return .null }
            throw self.mismatch("VALUE_NULL", "null")
        }
        switch self.field.type {
        case .boolean: return try self.boolean(trimmed)
        case .int, .double, .currency, .percent: return try self.number(trimmed)
        case .date: return try self.date(trimmed)
        case .datetime: return try self.datetime(trimmed)
        case .id, .reference: return try self.reference(trimmed)
        case .picklist, .multipicklist: return try self.picklist(trimmed)
        case .email: return try self.email(trimmed)
        case .string, .textarea, .phone, .url, .time, .combobox, .encryptedstring, .address:
            return try self.text(trimmed)
        }
    }

    /// Text without outer blanks; empty text is null.
    private func trimmed(_ value: Value) -> Value {
        guard case .text(let text) = value else { return value }
        guard self.trimsText else { return text.isEmpty ? .null : value }
        let bytes = text.utf8
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        guard let first = bytes.first, let last = bytes.last else { return .null }
        if !isBlank(first), !isBlank(last) { return value }
        guard let start = bytes.firstIndex(where: { !isBlank($0) }),
            let end = bytes.lastIndex(where: { !isBlank($0) })
        else { return .null }
        return .text(String(text[start...end]))
    }

    private func text(_ value: Value) throws(RequestFailure) -> Value {
        let text = value.wireText
        let count = text.utf8.count <= self.field.length ? 0 : text.utf16.count
        guard self.field.length == 0 || count <= self.field.length else {
            throw RequestFailure(
                "STRING_TOO_LONG",
                "\(self.field.label): data value too large: \(text) "
                    + "(max length=\(self.field.length))",
                fields: [self.field.name]
            )
        }
        return .text(text)
    }

    private func email(_ value: Value) throws(RequestFailure) -> Value {
        let text = value.wireText
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        let isBad =
            parts.count != 2 || parts[0].isEmpty || !parts[1].contains(".")
            || parts[1].hasPrefix(".") || parts[1].hasSuffix(".")
            || text.utf8.contains { $0 <= 0x20 || $0 == UInt8(ascii: ",") }
        guard !isBad else {
            throw RequestFailure(
                "INVALID_EMAIL_ADDRESS",
                "\(self.field.label): invalid email address: \(text)",
                fields: [self.field.name]
            )
        }
        return try self.text(value)
    }

    private func picklist(_ value: Value) throws(RequestFailure) -> Value {
        let text = value.wireText
        // Codes of states and countries are refused with words of their own (`shapeAddresses`).
        guard self.field.isRestrictedPicklist, self.field.picklistLabels.isEmpty else {
            return try self.text(value)
        }
        let chosen = self.field.type == .multipicklist ? text.split(separator: ";") : [text[...]]
        for one in chosen
        where !self.field.picklistValues.contains(String(one))
            || self.field.inactiveValues.contains(String(one))
        {
            throw RequestFailure(
                "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                "\(self.field.label): bad value for restricted picklist field: \(one)",
                fields: [self.field.name]
            )
        }
        return .text(text)
    }

    private func boolean(_ value: Value) throws(RequestFailure) -> Value {
        switch value {
        case .boolean: return value
        case .text(let text) where text.lowercased() == "true": return .boolean(true)
        case .text(let text) where text.lowercased() == "false": return .boolean(false)
        case .null, .text, .number, .datetime:
            throw self.mismatch("VALUE_STRING", value.wireText)
        }
    }

    /// Numbers arrive as JSON numbers or as text; stored rounded to the field's scale.
    private func number(_ value: Value) throws(RequestFailure) -> Value {
        let text = value.wireText
        guard case .boolean = value else {
            guard let number = Double(text), number.isFinite else {
                throw self.mismatch("VALUE_STRING", text)
            }
            if self.field.type == .int {
                guard number == number.rounded() else { throw self.mismatch("VALUE_NUMBER", text) }
                guard abs(number) <= 2_147_483_647 else { throw self.outsideRange(text) }
                return .number(String(Int64(number)))
            }
            let whole = Double(self.field.precision - self.field.scale)
            var limit = 1.0
            for _ in 0..<Int(max(0, whole)) { limit *= 10 }
            guard self.field.precision == 0 || abs(number) < limit else {
                throw self.outsideRange(text)
            }
            return .number(DecimalText.rounded(text, scale: self.field.scale) ?? text)
        }
        throw self.mismatch("VALUE_TRUE", text)
    }

    private func date(_ value: Value) throws(RequestFailure) -> Value {
        let text = value.wireText
        if let day = SalesforceTime.parseDate(text) ?? SalesforceTime.parse(text) {
            return .text(SalesforceTime.formatDate(day))
        }
        throw self.mismatch("VALUE_STRING", text)
    }

    private func datetime(_ value: Value) throws(RequestFailure) -> Value {
        if case .datetime(let time) = value { return .datetime(SalesforceTime.wholeSeconds(time)) }
        let text = value.wireText
        if let time = SalesforceTime.parse(text) ?? SalesforceTime.parseDate(text) {
            return .datetime(SalesforceTime.wholeSeconds(time))
        }
        throw self.mismatch("VALUE_STRING", text)
    }

    private func reference(_ value: Value) throws(RequestFailure) -> Value {
        let text = value.wireText
        guard let id = SalesforceID.canonical(text) else {
            throw RequestFailure(
                "MALFORMED_ID",
                "\(self.field.label): id value of incorrect type: \(text)",
                fields: [self.field.name]
            )
        }
        return .text(id)
    }

    private func outsideRange(_ text: String) -> RequestFailure {
        RequestFailure(
            "NUMBER_OUTSIDE_VALID_RANGE",
            "\(self.field.label): value outside of valid range on numeric field: \(text)",
            fields: [self.field.name]
        )
    }

    private func mismatch(_ token: String, _ text: String) -> RequestFailure {
        RequestFailure(
            "JSON_PARSER_ERROR",
            "Cannot deserialize instance of \(self.field.type.rawValue) from \(token) value "
                + "\(text) or request may be missing a required field at [line:1, column:1]"
        )
    }
}
