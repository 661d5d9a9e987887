import _StringProcessing

extension MockHubSpotRule {
    /// Whether a stored value keeps the rule.
    ///
    /// `FORMAT` and the durations are shown and not asked for: nobody has published what their
    /// arguments mean.
    func admits(_ value: String) -> Bool {
        switch self.kind {
        case .format, .beforeDuration, .afterDuration, .beforeDatetimeDuration,
            .afterDatetimeDuration:
            true
        case .alphanumeric: value.unicodeScalars.allSatisfy(self.isPlain)
        case .specialCharacters:
            value.unicodeScalars.allSatisfy { self.isPlain($0) || $0.properties.isWhitespace }
        case .whitespace: !value.unicodeScalars.contains { $0.properties.isWhitespace }
        case .maxLength: self.number.map { Double(value.count) <= $0 } ?? true
        case .minLength: self.number.map { Double(value.count) >= $0 } ?? true
        case .minNumber: self.compares(Double(value), >=)
        case .maxNumber: self.compares(Double(value), <=)
        case .decimal: self.number.map { Double(Self.decimals(value)) <= $0 } ?? true
        case .startDate, .startDatetime: self.isTime(value, >=)
        case .endDate, .endDatetime: self.isTime(value, <=)
        case .daysOfWeek: self.isOnDay(value)
        case .regex: self.fitsPattern(value)
        case .phoneNumber:
            value.hasPrefix("+")
                && value.dropFirst().allSatisfy {
                    $0.isASCII && ($0.isNumber || " -()".contains($0))
                }
                && value.count { $0.isNumber } >= 7
        case .email: Self.domain(ofEmail: value) != nil
        case .domain: Self.isDomain(value)
        case .url: Self.domain(ofURL: value) != nil
        case .urlAllowedDomains: self.names(Self.domain(ofURL: value))
        case .urlBlockedDomains: !self.names(Self.domain(ofURL: value))
        case .emailAllowedDomains: self.names(Self.domain(ofEmail: value))
        case .emailBlockedDomains: !self.names(Self.domain(ofEmail: value))
        }
    }

    private var number: Double? { self.arguments.first.flatMap(Double.init) }

    private func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        let isNumeric = scalar.properties.numericType != nil
        return self.arguments.contains("NUMERIC_ONLY")
            ? isNumeric : isNumeric || scalar.properties.isAlphabetic
    }

    private func compares(_ value: Double?, _ holds: (Double, Double) -> Bool) -> Bool {
        guard let bound = self.number, let value else { return true }
        return holds(value, bound)
    }

    private static func decimals(_ value: String) -> Int {
        value.firstIndex(of: ".").map { value[$0...].count - 1 } ?? 0
    }

    private static func time(_ text: String) -> Int64? { Int64(text) ?? ServerTime.parse(text) }

    private func isTime(_ value: String, _ holds: (Int64, Int64) -> Bool) -> Bool {
        guard let bound = self.arguments.first.flatMap(Self.time), let time = Self.time(value)
        else { return true }
        return holds(time, bound)
    }

    private func isOnDay(_ value: String) -> Bool {
        guard let time = Self.time(value), !self.arguments.isEmpty else { return true }
        let names = [
            "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY",
        ]
        // 1 January 1970 was a Thursday.
        let (day, rest) = time.quotientAndRemainder(dividingBy: ServerTime.day)
        let place = Int(((rest < 0 ? day - 1 : day) % 7 + 7) % 7)
        return self.arguments.contains(names[place])
    }

    private func fitsPattern(_ value: String) -> Bool {
        guard let pattern = self.arguments.first, let regex = try? Regex(pattern) else {
            return true
        }
        return (try? regex.wholeMatch(in: value)) != nil
    }

    // MARK: - Domains

    private static func isDomain(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            }
    }

    private static func domain(ofEmail text: String) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        let domain = parts[1].lowercased()
        return Self.isDomain(domain) ? domain : nil
    }

    private static func domain(ofURL text: String) -> String? {
        var rest = text.lowercased()[...]
        for scheme in ["https://", "http://"] where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
        }
        let host = String(rest.prefix { !"/?#:".contains($0) })
        return Self.isDomain(host) ? host : nil
    }

    /// Whether the arguments name a domain or one above it.
    private func names(_ domain: String?) -> Bool {
        guard let domain else { return false }
        return self.arguments.contains { name in
            domain == name.lowercased() || domain.hasSuffix("." + name.lowercased())
        }
    }
}
