/// What a listed value is on the other side.
extension FieldMapping {
    /// Another field of the record that says which of the listed pairs hold: the pipeline of a stage, the country of
    /// a state.
    package struct Controller: Sendable, Hashable {
        /// The place of that field in the object mapping.
        package var index: Int
        /// The side in whose words `ValuePair.within` is.
        package var side: Side

        package init(index: Int, side: Side) {
            self.index = index
            self.side = side
        }
    }

    /// A part of a value as the other side has it, or `nil` where nothing is listed for it.
    ///
    /// Where one value stands for several and the record does not tell which, that is nothing as well: none is guessed.
    func listed(_ value: String, to side: Side) -> String? {
        func source(_ pair: ValuePair) -> String {
            side == .salesforce ? pair.hubspot : pair.salesforce
        }
        func target(_ pair: ValuePair) -> String {
            side == .salesforce ? pair.salesforce : pair.hubspot
        }
        guard self.ignoresCase || self.controller != nil else {
            return self.values.first { source($0) == value }.map(target)
        }
        let told = self.within[side.other] ?? self.within[side]
        func holds(_ pair: ValuePair) -> Bool {
            guard let within = pair.within, let told else { return true }
            return within == told
        }
        var found = self.values.filter { source($0) == value && holds($0) }
        if found.isEmpty, self.ignoresCase {
            let plain = value.lowercased()
            found = self.values.filter { holds($0) && source($0).lowercased() == plain }
            if found.isEmpty, side == .salesforce {
                // People write `US` as well as `United States`.
                found = self.values.filter { holds($0) && $0.salesforce.lowercased() == plain }
            }
        }
        guard let first = found.first.map(target) else { return nil }
        // Several of HubSpot's values may be one of Salesforce's, of which the first is meant.
        let isPlain = !self.ignoresCase && (told != nil || found.allSatisfy { $0.within == nil })
        return isPlain || found.allSatisfy { target($0) == first } ? first : nil
    }
}

extension ObjectMapping {
    /// The fields, each with what the record says by which its values are told apart.
    ///
    /// `hubspot`, `salesforce`: the record's values on the sides that have it.
    func fields(
        hubspot: RecordValues?,
        salesforce: RecordValues?,
        object: Object?
    ) -> [FieldMapping] {
        guard self.fields.contains(where: { $0.controller != nil }) else { return self.fields }
        return self.fields.map { field in
            guard let controller = field.controller else { return field }
            var told = field
            told.within = [:]
            for (side, values) in [(Side.hubspot, hubspot), (.salesforce, salesforce)] {
                guard let value = values?[controller.index] else { continue }
                told.within[side] = self.word(value, of: controller, on: side, object)
            }
            return told
        }
    }

    /// The same mapping with what a link's bases say by which values are told apart.
    package func told(by link: Link) -> ObjectMapping {
        guard self.fields.contains(where: { $0.controller != nil }) else { return self }
        var told = self
        told.fields = self.fields(
            hubspot: link.hubspotBase?.values,
            salesforce: link.salesforceBase?.values,
            object: self.object(link.salesforceObject, on: .salesforce)
        )
        return told
    }

    /// What a controlling field says, in the words of its side; `nil` where it says nothing there.
    private func word(
        _ value: FieldValue,
        of controller: FieldMapping.Controller,
        on side: Side,
        _ object: Object?
    ) -> String? {
        guard !value.isBlank, value != .unread else { return nil }
        guard side != controller.side else { return value.text }
        guard let hubspot = self.hubspot.fields[controller.index]?.shape,
            let salesforce = object?.fields[controller.index]?.shape
        else { return nil }
        let result = FieldConversion.convert(
            value,
            to: controller.side,
            field: self.fields[controller.index],
            from: side == .hubspot ? hubspot : salesforce,
            into: side == .hubspot ? salesforce : hubspot
        )
        switch result {
        case .value(let word): return word.text
        case .problem: return nil
        }
    }
}
