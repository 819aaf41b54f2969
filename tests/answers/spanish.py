"""Claims of the embedded library and a faithful Spanish of each, written by hand."""

# ruff: noqa: E501  a sentence stays on its line

CLAIMS: list[tuple[str, str]] = [
    (
        "CAR-T is a treatment that changes your own immune cells in a lab, so that they can find and kill cancer cells.",
        "La CAR-T es un tratamiento que modifica sus propias células inmunitarias en un laboratorio para que puedan encontrar y destruir las células cancerosas.",
    ),
    (
        "Your T cells are collected from your blood, engineered and grown in a lab, and then infused back into you.",
        "Sus células T se extraen de la sangre, se modifican y se cultivan en un laboratorio, y luego se le vuelven a infundir.",
    ),
    (
        "As of December 2025, CAR-T is not approved in the United States for any breast cancer: it is still experimental.",
        "Hasta diciembre de 2025, la CAR-T no está aprobada en Estados Unidos para ningún cáncer de mama: todavía es experimental.",
    ),
    (
        "Solid tumors like breast cancer are hard for CAR-T: safe targets are few, cells struggle to get in, and the tumor's surroundings weaken them.",
        "Los tumores sólidos como el cáncer de mama son difíciles para la CAR-T: hay pocos blancos seguros, a las células les cuesta entrar y el entorno del tumor las debilita.",
    ),
    (
        "CAR-T can cause serious harm, such as cytokine release syndrome, nerve problems, infections and low blood counts.",
        "La CAR-T puede causar daños graves, como el síndrome de liberación de citocinas, problemas nerviosos, infecciones y recuentos bajos de células sanguíneas.",
    ),
    (
        "The lab then grows hundreds of millions of the CAR-T cells, which is called expansion.",
        "Luego el laboratorio cultiva cientos de millones de células CAR-T, lo que se llama expansión.",
    ),
    (
        "Before CAR-T goes in, people usually get chemo that clears out other immune cells.",
        "Antes de la infusión de CAR-T, las personas suelen recibir quimioterapia que elimina otras células inmunitarias.",
    ),
    (
        "CAR-T trials in breast cancer are mainly for advanced cancer, which has spread, come back or cannot be removed.",
        "Los ensayos de CAR-T en cáncer de mama son principalmente para el cáncer avanzado, que se ha extendido, ha vuelto o no se puede extirpar.",
    ),
    (
        "CAR-T trials in breast cancer often ask that standard treatments have been tried first.",
        "Los ensayos de CAR-T en cáncer de mama a menudo exigen que primero se hayan probado los tratamientos estándar.",
    ),
    (
        "The FDA approved the first CAR-T in 2017, for children with a blood cancer called acute lymphoblastic leukemia.",
        "La FDA aprobó la primera CAR-T en 2017, para niños con un cáncer de la sangre llamado leucemia linfoblástica aguda.",
    ),
    (
        "A phase 1 trial plans to put mesothelin CAR-T into tumors in 12 people with triple-negative cancer.",
        "Un ensayo de fase 1 planea poner CAR-T contra la mesotelina en los tumores de 12 personas con cáncer triple negativo.",
    ),
    (
        "Making CAR-T cells takes about 3 to 5 weeks, from the blood draw until they go back in.",
        "Fabricar las células CAR-T lleva de 3 a 5 semanas, desde la extracción de sangre hasta que se vuelven a infundir.",
    ),
    (
        "Many people stay in the hospital for 1 to 3 weeks for CAR-T, based on side effects and blood counts.",
        "Muchas personas permanecen en el hospital de 1 a 3 semanas por la CAR-T, según los efectos secundarios y los recuentos sanguíneos.",
    ),
    (
        "CAR-T has not been shown to cure breast cancer, and results so far have fallen short of hopes.",
        "No se ha demostrado que la CAR-T cure el cáncer de mama, y hasta ahora los resultados no han cumplido las esperanzas.",
    ),
    (
        "After CAR-T, cytokine release syndrome is mild for most, but for some it is severe, and rarely it can kill.",
        "Después de la CAR-T, el síndrome de liberación de citocinas es leve en la mayoría, pero en algunas personas es grave y, en raras ocasiones, puede ser mortal.",
    ),
    (
        "CAR-T cells can attack normal cells that carry the target, and so damage organs.",
        "Las células CAR-T pueden atacar células normales que llevan el blanco y así dañar órganos.",
    ),
    (
        "In a small 2017 trial, 6 people with spread breast cancer had c-Met CAR-T put into a skin or lymph node tumor.",
        "En un pequeño ensayo de 2017, a 6 personas con cáncer de mama diseminado se les puso CAR-T contra c-Met en un tumor de la piel o de un ganglio linfático.",
    ),
    (
        "The small c-Met trial tested safety, so it cannot tell if people live longer with the treatment.",
        "El pequeño ensayo de c-Met evaluó la seguridad, así que no puede decir si las personas viven más con el tratamiento.",
    ),
    (
        "Checkpoint drugs such as pembrolizumab act on immune cells you already have and help them respond more strongly.",
        "Los inhibidores de puntos de control, como el pembrolizumab, actúan sobre las células inmunitarias que usted ya tiene y las ayudan a responder con más fuerza.",
    ),
    (
        "CAR-T is complicated and expensive to make, because each person's dose starts from scratch.",
        "La CAR-T es complicada y cara de fabricar, porque la dosis de cada persona empieza desde cero.",
    ),
    (
        "How long would I be in the hospital for CAR-T, and how long must I stay nearby?",
        "¿Cuánto tiempo estaría en el hospital por la CAR-T y cuánto tiempo debo quedarme cerca?",
    ),
    (
        "The most common side effects of tamoxifen are hot flashes, a discharge or some bleeding, and a change in periods.",
        "Los efectos secundarios más comunes del tamoxifeno son los sofocos, el flujo o algo de sangrado, y cambios en la menstruación.",
    ),
    (
        "In a trial of 4,922 women past menopause, letrozole brought more broken bones and sore joints, and tamoxifen more clots and hot flashes.",
        "En un ensayo con 4922 mujeres posmenopáusicas, el letrozol causó más fracturas de huesos y dolor articular, y el tamoxifeno más coágulos y sofocos.",
    ),
    (
        "Tamoxifen works before and after menopause; aromatase inhibitors are used mostly after it.",
        "El tamoxifeno funciona antes y después de la menopausia; los inhibidores de la aromatasa se usan sobre todo después.",
    ),
    (
        "A 2020 US guideline advises 5 years of tamoxifen for men with hormone-positive cancer who can have hormone drugs.",
        "Una guía estadounidense de 2020 recomienda 5 años de tamoxifeno para los hombres con cáncer hormonal positivo que pueden tomar medicamentos hormonales.",
    ),
    (
        "In pooled trials after menopause, 19.1% of women on an aromatase inhibitor and 22.7% on tamoxifen had a recurrence by 10 years.",
        "En ensayos combinados después de la menopausia, el 19,1 % de las mujeres con un inhibidor de la aromatasa y el 22,7 % con tamoxifeno tuvieron una recurrencia a los 10 años.",
    ),
    (
        "In women before menopause, the 8-year disease-free rate was 83.2% with tamoxifen plus ovarian suppression, and 78.9% with just tamoxifen.",
        "En mujeres antes de la menopausia, la tasa libre de enfermedad a 8 años fue del 83,2 % con tamoxifeno más supresión ovárica y del 78,9 % solo con tamoxifeno.",
    ),
    (
        "Some antidepressants make tamoxifen work less well, so it helps to ask the doctor if yours does.",
        "Algunos antidepresivos hacen que el tamoxifeno funcione peor, así que conviene preguntar al médico si el suyo lo hace.",
    ),
    (
        "Sudden chest pain, shortness of breath, coughing up blood, or a painful swollen calf on tamoxifen need a doctor at once.",
        "Un dolor repentino en el pecho, falta de aire, toser sangre o una pantorrilla hinchada y dolorosa durante el tamoxifeno requieren un médico de inmediato.",
    ),
    (
        "Antidepressants that doctors may choose with tamoxifen are sertraline, citalopram and venlafaxine.",
        "Los antidepresivos que los médicos pueden elegir con tamoxifeno son sertralina, citalopram y venlafaxina.",
    ),
    (
        "A page on cancer.gov explains how CAR-T is made, what it treats and its side effects.",
        "Una página de cancer.gov explica cómo se fabrica la CAR-T, qué trata y sus efectos secundarios.",
    ),
    (
        "Which of my pills, herbs and foods could change how my cancer drugs work?",
        "¿Cuáles de mis pastillas, hierbas y alimentos podrían cambiar el efecto de mis medicamentos contra el cáncer?",
    ),
    (
        "HER2 drugs are for cancers that test HER2-positive, and one of them also works when there is only a little HER2.",
        "Los medicamentos contra HER2 son para los cánceres que dan HER2 positivo en la prueba, y uno de ellos también funciona cuando solo hay un poco de HER2.",
    ),
    (
        "Only some hospitals offer CAR-T, so many people travel for it.",
        "Solo algunos hospitales ofrecen la CAR-T, por eso muchas personas viajan para recibirla.",
    ),
    (
        "Lumpectomy usually means radiation too, over up to six weeks, and at times over four or less.",
        "La lumpectomía suele implicar también radiación, durante un máximo de seis semanas, y a veces durante cuatro o menos.",
    ),
    (
        "Truqap, Piqray and Itovebi can cause high blood sugar, which can turn life-threatening: signs are constant thirst, passing urine often, tiredness or blurred vision.",
        "Truqap, Piqray e Itovebi pueden causar un nivel alto de azúcar en la sangre, que puede llegar a poner en peligro la vida: las señales son sed constante, orinar con frecuencia, cansancio o visión borrosa.",
    ),
    (
        "The most common effects of zanidatamab in people with bile duct cancer were diarrhea, reactions to the drip, belly pain and tiredness.",
        "Los efectos más comunes de zanidatamab en personas con cáncer de las vías biliares fueron diarrea, reacciones a la infusión, dolor de vientre y cansancio.",
    ),
    (
        "The NCI tells how radiosurgery works and what each visit is like.",
        "El NCI explica cómo funciona la radiocirugía y cómo es cada consulta.",
    ),
    (
        "Extremely dense: a breast that is almost all dense tissue.",
        "Extremadamente densa: una mama que es casi toda tejido denso.",
    ),
    (
        "A 2024 US guideline says that people in early drug trials may have palliative care too.",
        "Una guía de EE. UU. de 2024 dice que las personas en ensayos iniciales de medicamentos también pueden recibir cuidados paliativos.",
    ),
    (
        "In a study of 2,125 patients over two years, flaps had about twice the odds of problems, but women liked the breast more.",
        "En un estudio de 2125 pacientes durante dos años, los colgajos tuvieron cerca del doble de probabilidad de problemas, pero a las mujeres les gustó más la mama.",
    ),
    (
        "The authors of a trial of acupuncture for joint pain in 226 women were unsure if the gain matters much in daily life.",
        "Los autores de un ensayo de acupuntura para el dolor articular en 226 mujeres no estaban seguros de si el beneficio importa mucho en la vida diaria.",
    ),
    (
        "Taking out the ovaries and tubes is done mostly to prevent cancer there.",
        "La extirpación de los ovarios y las trompas se hace sobre todo para prevenir el cáncer allí.",
    ),
    (
        "Drugs such as zoledronic acid can ease bone pain, and are used together with pain medicine.",
        "Medicamentos como el ácido zoledrónico pueden aliviar el dolor de huesos, y se usan junto con analgésicos.",
    ),
    ("Hypercalcemia: too much calcium in the blood.", "Hipercalcemia: demasiado calcio en la sangre."),
    (
        "Changes in the ESR1 gene can make cancer resist aromatase inhibitors and some other hormone drugs.",
        "Los cambios en el gen ESR1 pueden hacer que el cáncer resista a los inhibidores de la aromatasa y a algunos otros medicamentos hormonales.",
    ),
    (
        "In the NSABP-B-24 trial, tamoxifen cut breast cancer events after DCIS from 13.4% to 8.2% at 5 years, without longer life.",
        "En el ensayo NSABP-B-24, el tamoxifeno redujo los eventos de cáncer de mama después de un CDIS del 13,4 % al 8,2 % a los 5 años, sin prolongar la vida.",
    ),
    (
        "In a study of 9,087 women with benign breast biopsies, 707 got breast cancer during about 15 years of follow-up.",
        "En un estudio de 9.087 mujeres con biopsias de mama benignas, 707 tuvieron cáncer de mama durante unos 15 años de seguimiento.",
    ),
    (
        "In a Dutch trial, an MRI offer for very dense breasts led to fewer cancers between screens, but better health in the end is not proven.",
        "En un ensayo holandés, ofrecer una resonancia magnética para mamas muy densas llevó a menos cánceres entre controles, pero no está demostrado que al final mejore la salud.",
    ),
    (
        "In models of 1,000 US women, a mammogram every 2 years from age 40 to 74 prevents 8.2 breast cancer deaths.",
        "En modelos de 1000 mujeres estadounidenses, una mamografía cada 2 años de los 40 a los 74 años previene 8,2 muertes por cáncer de mama.",
    ),
    (
        "Over a median of nearly 8 years in a Korean study, people with LVI did worse with or without cancer in the nodes.",
        "Durante una mediana de casi 8 años en un estudio coreano, a las personas con LVI les fue peor, con o sin cáncer en los ganglios.",
    ),
    (
        "In a trial of 213 people with one to three brain tumors, fewer had trouble thinking with radiosurgery alone than with whole-brain radiation too.",
        "En un ensayo con 213 personas con uno a tres tumores cerebrales, menos tuvieron problemas para pensar con radiocirugía sola que cuando además recibieron radiación en todo el cerebro.",
    ),
    (
        "Early menopause can cause hot flashes, vaginal dryness, poor sleep, mood swings, joint pain and loss of interest in sex.",
        "La menopausia temprana puede causar sofocos, sequedad vaginal, mal sueño, cambios de humor, dolor articular y pérdida de interés en el sexo.",
    ),
    (
        "Discharge of pus with a red, swollen breast calls for a doctor within 1 to 2 days.",
        "La secreción de pus con una mama roja e hinchada requiere un médico en 1 a 2 días.",
    ),
    (
        "In KEYNOTE-355, people with CPS 10 or more lived a median of 23.0 months with pembrolizumab plus chemotherapy and 16.1 with chemotherapy alone.",
        "En KEYNOTE-355, las personas con CPS de 10 o más vivieron una mediana de 23,0 meses con pembrolizumab más quimioterapia y 16,1 con quimioterapia sola.",
    ),
    (
        "Breast Cancer Index can help decide on 5 more years of hormone therapy.",
        "Breast Cancer Index puede ayudar a decidir sobre 5 años más de terapia hormonal.",
    ),
    (
        "Before menopause, bisphosphonates had no clear effect in pooled trials.",
        "Antes de la menopausia, los bifosfonatos no tuvieron un efecto claro en los ensayos combinados.",
    ),
]
