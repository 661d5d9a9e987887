extension MockSalesforce {
    /// Gives addresses a picklist of codes beside the text of each state and country.
    mutating func addAddressPicklists() {
        let countries = self.settings.countries
        guard !countries.isEmpty else { return }
        self.org.countries = countries
        for object in self.org.tables.map(\.object) {
            for field in object.fields {
                guard let compound = field.compoundFieldName, compound != field.name,
                    field.name.hasSuffix("Country")
                else { continue }
                let prefix = String(field.name.dropLast("Country".count))
                var country = MockField(
                    name: prefix + "CountryCode",
                    label: field.label + " Code",
                    type: .picklist
                )
                country.picklistValues = countries.map(\.code)
                country.picklistLabels = countries.map(\.name)
                var state = MockField(
                    name: prefix + "StateCode",
                    label: (object.fields.first { $0.name == prefix + "State" }?.label ?? "State")
                        + " Code",
                    type: .picklist
                )
                // A code that several countries have stands there once for each.
                let states = countries.enumerated().flatMap { place, country in
                    country.states.map { (place, $0) }
                }
                state.picklistValues = states.map(\.1.code)
                state.picklistLabels = states.map(\.1.name)
                state.picklistCountries = states.map(\.0)
                state.controllerName = country.name
                for var code in [country, state] {
                    (code.length, code.compoundFieldName) = (10, compound)
                    (code.isCreateable, code.isUpdateable) =
                        (field.isCreateable, field.isUpdateable)
                    code.isRestrictedPicklist = true
                    self.org.add(code, to: object.name)
                }
            }
        }
    }
}
