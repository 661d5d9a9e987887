extension MockHubSpotProperty {
    /// The value as HubSpot stores it; empty clears.
    func stored(_ raw: String) -> Result<String, PropertyProblem> {
        guard !raw.isEmpty else { return .success("") }
        if self.name == "email" {
            let value = raw.lowercased()
            let parts = value.split(separator: "@", omittingEmptySubsequences: false)
            let isEmail =
                parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".")
                && !value.contains(" ")
            return isEmail
                ? .success(value)
                : .failure(.init(code: "INVALID_EMAIL", message: "Email address \(raw) is invalid"))
        }
        switch self.kind {
        case .string, .phoneNumber: return .success(raw)
        case .number:
            return Self.isNumber(raw)
                ? .success(raw)
                : .failure(.init(code: "INVALID_INTEGER", message: "\(raw) was not a valid number"))
        case .bool:
            let value = raw.lowercased()
            return value == "true" || value == "false"
                ? .success(value)
                : .failure(.init(code: "INVALID_OPTION", message: "\(raw) is not a boolean"))
        case .date: return self.date(raw)
        case .datetime:
            let time = Int64(raw) ?? ServerTime.parse(raw)
            return time.map { .success(ServerTime.iso($0)) }
                ?? .failure(.init(code: "INVALID_DATE", message: "\(raw) was not a valid date"))
        case .enumeration: return self.choice(raw)
        }
    }

    /// Digits with a sign, a point and an exponent; what else a parser of numbers takes is none here.
    private static func isNumber(_ raw: String) -> Bool {
        raw.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
            && Double(raw)?.isFinite == true
    }

    /// A choice of several that begins with a semicolon is added to those that are there.
    func appended(_ raw: String, to present: String?) -> String {
        guard self.isMultiple, raw.first == ";" else { return raw }
        var values = (present ?? "").split(separator: ";")
        for value in raw.split(separator: ";") where !values.contains(value) {
            values.append(value)
        }
        return values.joined(separator: ";")
    }

    private func date(_ raw: String) -> Result<String, PropertyProblem> {
        let time = Int64(raw) ?? ServerTime.parseDay(raw)
        guard let time, time % ServerTime.day == 0 else {
            return .failure(.init(code: "INVALID_DATE", message: "\(raw) is not at midnight UTC"))
        }
        return .success(ServerTime.date(time))
    }

    private func choice(_ raw: String) -> Result<String, PropertyProblem> {
        guard !self.refersToOwners, !self.options.isEmpty else { return .success(raw) }
        let values = self.isMultiple ? raw.split(separator: ";").map(String.init) : [raw]
        let isKnown = values.allSatisfy { value in self.options.contains { $0.value == value } }
        return isKnown
            ? .success(raw)
            : .failure(
                .init(
                    code: "INVALID_OPTION",
                    message: "\(raw) was not one of the allowed options: \(self.optionsText)"
                )
            )
    }

    /// `[label: "A"` and `value: "a"` on two lines, a comma and a blank between two options.
    private var optionsText: String {
        let options = self.options.map { "label: \"\($0.label)\"\nvalue: \"\($0.value)\"\n" }
        return "[" + options.joined(separator: ", ") + "]"
    }
}
