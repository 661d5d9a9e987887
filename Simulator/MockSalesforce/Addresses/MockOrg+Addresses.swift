/// What the org keeps in line in addresses, and what it refuses, where states and countries are picklists.
///
/// Salesforce Help: State and Country/Territory Picklist Field-Syncing Logic.
extension MockOrg {
    /// One part of an address: its text and the code beside it.
    private struct Part {
        var text: Int
        var code: Int
    }

    /// Brings texts and codes in line.
    ///
    /// `before`: the values before an update; `nil` for a new record. `given`: the places that the write names. A seed
    /// is what it is.
    func shapeAddresses(
        _ table: Int,
        _ values: inout [Value],
        before: [Value]?,
        given: Set<Int>,
        _ context: WriteContext
    ) throws(RequestFailure) {
        guard !self.countries.isEmpty, !context.isSeed else { return }
        let object = self.tables[table].object
        for field in object.fields where field.name.hasSuffix("CountryCode") {
            let prefix = String(field.name.dropLast("CountryCode".count))
            guard let country = Self.part(prefix + "Country", of: object),
                let state = Self.part(prefix + "State", of: object),
                max(country.code, country.text, state.code, state.text) < values.count
            else { continue }
            let parts = [country.text, country.code, state.text, state.code]
            let changed = Set(
                parts.filter { place in
                    guard given.contains(place) else { return false }
                    return before.map { place >= $0.count || $0[place] != values[place] }
                        ?? !values[place].isNull
                }
            )
            guard !changed.isEmpty else { continue }
            let isNew = before == nil
            try self.alignCountry(country, state, object, &values, changed, isNew: isNew)
            try self.alignState(country, state, object, &values, changed, isNew: isNew)
        }
    }

    private static func part(_ name: String, of object: MockObject) -> Part? {
        guard let text = object.systemPlace(of: name),
            let code = object.systemPlace(of: name + "Code")
        else { return nil }
        return Part(text: text, code: code)
    }

    private func alignCountry(
        _ part: Part,
        _ state: Part,
        _ object: MockObject,
        _ values: inout [Value],
        _ changed: Set<Int>,
        isNew: Bool
    ) throws(RequestFailure) {
        guard changed.contains(part.code) || changed.contains(part.text) else { return }
        let place = changed.contains(part.code) ? part.code : part.text
        guard let wanted = values[place].text else {
            (values[part.code], values[part.text]) = (.null, .null)
            // Without its country a state goes as well, unless the write names another.
            for place in [state.code, state.text] where !changed.contains(place) {
                values[place] = .null
            }
            return
        }
        let found = self.countries.first {
            place == part.code ? $0.code == wanted : $0.text == wanted
        }
        guard let found else {
            if place == part.code {
                throw Self.unavailable(wanted, "country/territory", object.fields[place])
            }
            throw Self.unknown("country", "country/territory", "countries", object.fields[place])
        }
        let isApart =
            !isNew && changed.contains(part.code) && changed.contains(part.text)
            && values[part.text] != .text(found.text)
        if isApart { throw Self.mismatch(object.fields[part.text]) }
        values[part.code] = .text(found.code)
        values[part.text] = .text(found.text)
    }

    private func alignState(
        _ country: Part,
        _ part: Part,
        _ object: MockObject,
        _ values: inout [Value],
        _ changed: Set<Int>,
        isNew: Bool
    ) throws(RequestFailure) {
        let isCode = changed.contains(part.code) || !changed.contains(part.text)
        let place = isCode ? part.code : part.text
        guard let wanted = values[place].text else {
            (values[part.code], values[part.text]) = (.null, .null)
            return
        }
        guard let code = values[country.code].text,
            let within = self.countries.first(where: { $0.code == code })
        else {
            throw RequestFailure(
                "FIELD_INTEGRITY_EXCEPTION",
                "A country/territory must be specified before specifying a state value for field: "
                    + object.fields[place].label,
                fields: [object.fields[place].name]
            )
        }
        let found = within.states.first {
            isCode ? $0.code == wanted : $0.text == wanted
        }
        guard let found else {
            guard changed.contains(place) else {
                throw RequestFailure(
                    "FIELD_INTEGRITY_EXCEPTION",
                    "The existing country/territory doesn't recognize the state value for field: "
                        + object.fields[part.code].label,
                    fields: [object.fields[part.code].name]
                )
            }
            if isCode { throw Self.unavailable(wanted, "state", object.fields[place]) }
            throw Self.unknown("state", "state", "states", object.fields[place])
        }
        let isApart =
            !isNew && changed.contains(part.code) && changed.contains(part.text)
            && values[part.text] != .text(found.text)
        if isApart { throw Self.mismatch(object.fields[part.text]) }
        values[part.code] = .text(found.code)
        values[part.text] = .text(found.text)
    }

    private static func unknown(
        _ kind: String,
        _ one: String,
        _ many: String,
        _ field: MockField
    ) -> RequestFailure {
        RequestFailure(
            "FIELD_INTEGRITY_EXCEPTION",
            "There's a problem with this \(kind), even though it may appear correct. Please select a "
                + "\(one) from the list of valid \(many).: \(field.label)",
            fields: [field.name]
        )
    }

    private static func unavailable(
        _ code: String,
        _ kind: String,
        _ field: MockField
    ) -> RequestFailure {
        RequestFailure(
            "FIELD_INTEGRITY_EXCEPTION",
            "The \(field.name) field contains \(code), which isn't an available \(kind). Your administrator "
                + "can add it for you.",
            fields: [field.name]
        )
    }

    private static func mismatch(_ field: MockField) -> RequestFailure {
        RequestFailure(
            "FIELD_INTEGRITY_EXCEPTION",
            "The code and the text of the address do not match: \(field.label)",
            fields: [field.name]
        )
    }
}
