/// Which of an object's records are synced, by what they say of themselves in each CRM.
///
/// A pair is synced as long as both of its records are included. It is told from the record as it was seen, never
/// from a list that is brought up to date some time later.
package struct Inclusion: Sendable, Hashable {
    /// What one field must be.
    package struct Condition: Sendable, Hashable {
        package enum Test: Sendable, Hashable {
            /// One of these values, in the side's normal form; of several choices one is enough.
            case oneOf([String])
            /// Anything else, also nothing.
            case noneOf([String])
            case isSet
            case isBlank
            /// Text that holds this one, whatever the case.
            case contains(String)
            case above(Bound)
            case below(Bound)
        }

        /// What numbers, times and dates are measured with.
        package enum Bound: Sendable, Hashable {
            /// A number, or a time in milliseconds.
            case number(Double)
            /// A date in its normal form.
            case date(String)
        }

        package var index: Int
        package var test: Test
        /// Whether the field holds several choices, of which each counts alone.
        package var isMultiple: Bool

        package init(index: Int, test: Test, isMultiple: Bool = false) {
            self.index = index
            self.test = test
            self.isMultiple = isMultiple
        }

        func holds(_ value: FieldValue) -> Bool {
            switch self.test {
            case .isSet: return !value.isBlank
            case .isBlank: return value.isBlank
            case .oneOf(let wanted): return self.chosen(value).contains(where: wanted.contains)
            case .noneOf(let unwanted):
                return !self.chosen(value).contains(where: unwanted.contains)
            case .contains(let text): return value.text.lowercased().contains(text.lowercased())
            case .above(let bound): return Self.order(value, bound).map { $0 > 0 } ?? false
            case .below(let bound): return Self.order(value, bound).map { $0 < 0 } ?? false
            }
        }

        private func chosen(_ value: FieldValue) -> [String] {
            guard self.isMultiple else { return [value.text] }
            return value.text.split(separator: ";").map(String.init)
        }

        /// How a value stands to a bound; `nil` where it has none.
        private static func order(_ value: FieldValue, _ bound: Bound) -> Int? {
            guard !value.isBlank else { return nil }
            let text = value.text
            switch bound {
            case .number(let bound):
                return Double(text).map { $0 == bound ? 0 : $0 > bound ? 1 : -1 }
            case .date(let bound): return text == bound ? 0 : text > bound ? 1 : -1
            }
        }
    }

    /// A list of HubSpot's whose members are included.
    package struct Segment: Sendable, Hashable {
        package var list: String
        package var name: String
        /// The field that says whether a record is in it.
        package var index: Int

        package init(list: String, name: String, index: Int) {
            self.list = list
            self.name = name
            self.index = index
        }

        /// What that field holds of a member.
        package static let member = FieldValue(normal: "true")
    }

    /// Conditions that must all hold.
    package typealias Filter = [Condition]

    /// One of a side's filters must hold; where there is none all records are included.
    package var hubspot: [Filter]
    package var salesforce: [Filter]
    /// HubSpot's records must be in it too.
    package var segment: Segment?

    package init(hubspot: [Filter] = [], salesforce: [Filter] = []) {
        self.hubspot = hubspot
        self.salesforce = salesforce
    }

    package static let all = Inclusion()

    package var isEverything: Bool { Side.allCases.allSatisfy { self.isEverything(on: $0) } }

    /// Whether all records of a side are included.
    package func isEverything(on side: Side) -> Bool {
        self.filters(on: side).isEmpty && (side == .salesforce || self.segment == nil)
    }

    /// A side's filters.
    package func filters(on side: Side) -> [Filter] {
        switch side {
        case .hubspot: self.hubspot
        case .salesforce: self.salesforce
        }
    }

    /// Whether a record is included on its side; `value`: what one of its fields holds.
    ///
    /// `isNew`: whether the record is only going to be made: it is in no segment yet, and may be soon.
    package func includes(
        on side: Side,
        isNew: Bool = false,
        _ value: (Int) -> FieldValue
    ) -> Bool {
        if side == .hubspot, !isNew, let segment = self.segment,
            value(segment.index) != Segment.member
        {
            return false
        }
        let filters = self.filters(on: side)
        return filters.isEmpty
            || filters.contains { filter in
                !filter.isEmpty && filter.allSatisfy { $0.holds(value($0.index)) }
            }
    }

    /// Whether a record is included on its side.
    package func includes(_ record: RecordBlob, on side: Side) -> Bool {
        guard !self.isEverything(on: side) else { return true }
        let values = record.values
        return self.includes(on: side) { values[$0] }
    }
}
