import FloatKernels

/// Names of people and places; family names and places are made up.
enum Names {
    static let given = [
        "Ada", "Adaeze", "Akira", "Alma", "Amara", "Anouk", "Arjun", "Asta", "Beatriz", "Bo", "Callum",
        "Carmen", "Chidi",
        "Cosima", "Dae", "Dalia", "Dario", "Edda", "Eero", "Elif", "Emeka", "Esme", "Farah", "Felix", "Gita",
        "Hana", "Hugo",
        "Ibrahim", "Ida", "Imre", "Ines", "Ivo", "Jonas", "Jun", "Kaya", "Kofi", "Lale", "Leocadia", "Lev",
        "Linh", "Magda",
        "Malik", "Marguerite", "Mateo", "Mei", "Milo", "Nadia", "Niko", "Noor", "Odile", "Oskar", "Paloma",
        "Petra", "Quentin",
        "Rafael", "Ravi", "Rosa", "Sanna", "Selim", "Sibyl", "Soren", "Tamsin", "Teodor", "Thandi", "Uma",
        "Vera", "Viggo",
        "Wanda", "Xiomara", "Yara", "Yusuf", "Zadie", "Zoltan",
    ]

    private static let family = [
        "Abernook", "Achterlund", "Adeyoke", "Amberwick", "Balmoreau", "Bellweather", "Bramhold",
        "Caldevilla", "Castelbruno",
        "Chandrapal-Voss", "Corvasse", "Dellamorte", "Dovrenko", "Eckersund", "Elderthorpe", "Fanshawe-Okoro",
        "Ferrowind",
        "Gallowmere", "Grimaldo", "Hartenfels", "Hoshigawa", "Ibarrondo", "Inglethorn", "Jarnefalk",
        "Kasimbaya", "Kestrelman",
        "Kurosaki-Bell", "Lanternieri", "Larkmoor", "Lindqvell", "Marrowby", "Mbekelo", "Merriwold",
        "Moravsky", "Nakatsuro",
        "Nightingall", "Okonquo", "Oldacre", "Ostrovany", "Paravicci", "Penhallick", "Quillfeather",
        "Rahmanov-Lee", "Ravensholt",
        "Rosamundi", "Saltmarsh", "Santorelli", "Silverhythe", "Songhai-Marsh", "Sorrowell", "Tanabiri",
        "Thistlewood",
        "Tremontane", "Ugarteche", "Umberfield", "Valdemarin", "Vanterpool", "Voskresny", "Wetherlam",
        "Winterbourn",
        "Wolframsen", "Yamabuchi", "Yarrowmond", "Zeferino", "Zimbalist-Roe",
    ]

    /// Towns, streets and coasts that are on no map.
    static let places = [
        "Velmora", "Tarn Hollow", "Saint Orrin", "Halden Pass", "Quill Street", "Corvane", "Lindholt",
        "Amberley Cross",
        "Port Sorrow", "Dunmere", "Kessaly", "Orrery Lane", "Vasten", "Old Pell", "Marrow Bay", "Brinemouth",
        "Castle Ondry",
    ]

    /// A list of different full names.
    static func people(_ count: Int, using random: inout RandomGenerator) -> [String] {
        var names: [String] = []
        var used: Set<String> = []
        while names.count < count {
            let name = random.pick(given) + " " + random.pick(family)
            if used.insert(name).inserted { names.append(name) }
        }
        return names
    }
}
